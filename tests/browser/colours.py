"""A page in the few colours that a reader has forced on it: what only a colour told is gone."""

from playwright.sync_api import Page

# A status is a word in a frame, a shade a word in a frame, a bar a drawing that is not the colour
# of what it lies on; and the same word never stands for two things that only a colour tells apart.
_TOLD = """() => {
  const faults = [], name = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  const there = (e) => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && e.getBoundingClientRect().width > 1 && !e.closest(".govuk-visually-hidden");
  const clear = (colour) => /^rgba\\(.*, 0\\)$|^transparent$/.test(colour);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!clear(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const framed = (e) => {
    const s = getComputedStyle(e), under = ground(e.parentElement);
    const drawn = (width, style, colour) =>
      parseFloat(width) >= 1 && style !== "none" && !clear(colour) && colour !== under;
    return drawn(s.outlineWidth, s.outlineStyle, s.outlineColor)
      || drawn(s.borderTopWidth, s.borderTopStyle, s.borderTopColor)
      || drawn(s.borderBottomWidth, s.borderBottomStyle, s.borderBottomColor)
      || drawn(s.borderLeftWidth, s.borderLeftStyle, s.borderLeftColor);
  };
  const kinds = new Map();
  for (const e of document.querySelectorAll(".govuk-tag, .moj-badge")) {
    if (!there(e)) continue;
    const words = e.innerText.trim().toLowerCase();
    const kind = [...e.classList].find((each) => each.includes("--")) || "";
    if (!words) faults.push(`a status without a word: ${name(e)}`);
    if (!framed(e)) faults.push(`a status without a frame: ${name(e)}`);
    if ((kinds.get(words) ?? kind) !== kind) faults.push(`one word in two colours: ${name(e)}`);
    kinds.set(words, kind);
  }
  for (const e of document.querySelectorAll(".app-heat, .app-stages__now")) {
    if (!framed(e)) faults.push(`a shade without a frame: ${name(e)}`);
    if (e.matches(".app-heat") && !e.innerText.trim()) faults.push(`a shade alone: ${name(e)}`);
  }
  for (const e of document.querySelectorAll(".app-comparison__row--differs > th")) {
    if (!/differs/i.test(e.innerText)) faults.push(`a difference only in colour: ${name(e)}`);
    if (!framed(e)) faults.push(`a difference without its bar: ${name(e)}`);
  }
  for (const e of document.querySelectorAll("rect.app-chart__bar")) {
    const fill = getComputedStyle(e).fill;
    if (fill === ground(e.closest("svg"))) faults.push(`a bar that is not seen: ${name(e)}`);
    const count = e.closest("tr").querySelector(".app-results__count");
    if (!/\\d/.test(count.innerText)) faults.push(`a bar without its number: ${name(e)}`);
  }
  for (const e of document.querySelectorAll("[aria-current]")) {
    if (!there(e)) continue;
    const marks = [e, e.parentElement, e.querySelector("strong")].filter(Boolean);
    const before = getComputedStyle(e, "::before");
    const bar = before.content !== "none" && !clear(before.backgroundColor)
      && before.backgroundColor !== ground(e);
    const bold = marks.some((m) => parseInt(getComputedStyle(m).fontWeight) >= 600);
    if (!bar && !bold && !marks.some(framed) && e.matches("a[href]")) {
      faults.push(`the page one is on looks as the others: ${name(e)}`);
    }
  }
  for (const e of document.querySelectorAll("input:checked")) {
    const label = e.labels[0];
    if (!label || !there(label)) continue;
    const mark = getComputedStyle(label, "::after"), drawn = mark.borderLeftColor;
    if (mark.opacity !== "1" || clear(drawn) || drawn === ground(label)) {
      faults.push(`a choice that is not seen: ${name(e)}`);
    }
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const e = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || e.closest("script, noscript") || !there(e)) continue;
    if (getComputedStyle(e).color === ground(e)) faults.push(`words that are not seen: ${name(e)}`);
  }
  return faults;
}"""

# Everything that the Tab key comes to, one after the other. What has the focus is drawn with a line
# around it: the thing itself, or the box that its label draws.
_FOCUSED = """() => {
  const faults = [], name = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const ground = getComputedStyle(document.body).backgroundColor;
  const line = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2
    && !/, 0\\)$/.test(s.outlineColor) && s.outlineColor !== ground;
  let reached = 0;
  for (const e of document.querySelectorAll(all)) {
    if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) continue;
    e.focus();
    if (document.activeElement !== e) continue;
    reached += 1;
    const boxes = [...(e.labels || [])].map((label) => getComputedStyle(label, "::before"));
    if (![getComputedStyle(e), ...boxes].some(line)) faults.push(`looks as ever: ${name(e)}`);
  }
  document.activeElement?.blur();
  return reached ? faults : ["nothing can have the focus"];
}"""


def faults_in_forced_colours(page: Page) -> list[str]:
    """Say what on the open page is lost when the reader's own colours take the place of ours."""
    page.emulate_media(forced_colors="active")
    # As after a key, so that the browser shows what has the focus.
    page.keyboard.press("Shift")
    faults: list[str] = [*page.evaluate(_TOLD), *page.evaluate(_FOCUSED)]
    page.emulate_media(forced_colors="none")
    return faults
