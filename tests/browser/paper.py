"""What a page leaves on paper: everything that could be read on the screen, whole; no buttons."""

from playwright.sync_api import Page

SHEET = {"auto": 680, "wide": 1009}
"""What the margins leave of an A4 sheet's width, in pixels: upright, and on its side."""

PRESSED = (
    "nav:not(main nav), .govuk-breadcrumbs, .govuk-back-link, .govuk-skip-link, .app-footer,"
    " .govuk-pagination, .moj-sub-navigation, .moj-side-navigation, .app-navigation, button,"
    " .govuk-button, .govuk-summary-list__actions, .app-results__onward, [href*='#update'],"
    " form[method=get], select, input[type=search], input[type=file]"
)
"""What is there to go elsewhere, to look for something or to send something."""

FILLED_IN = ".app-question, .app-meeting__agreed"
"""Where what was chosen or written is an answer, and so belongs on paper."""

_HELPS = """
  const there = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && e.checkVisibility({visibilityProperty: true});
  };
  const hidden = (e) => e.closest(".govuk-visually-hidden");
  const told = (e) => e.outerHTML.replace(/\\s+/g, " ").slice(0, 160);
"""

# Marks what can be read: words and bars. The words of a closed box have no place on the screen but
# are on paper, unless the box is for writing something. What is there to press or to write with is
# no reading; nor are the agencies' names above every group, which stand at the head of every sheet.
_MARK = """([pressed, filledIn]) => {HELPS
  const others = ".app-screen-only, .app-save, .app-comparison__group, main form:not(:has(table))";
  const read = "h1, h2, h3, caption, th, td, dt, dd, li, p, .govuk-tag, rect, :checked + label";
  const marked = [...document.querySelectorAll("main :is(" + read + ")")].filter((e) => {
    const box = e.closest("details:not([open])");
    if (box) return !box.querySelector("textarea, button") && e.textContent.trim();
    if (e.matches(":checked + label") && e.closest(filledIn)) return there(e);
    return there(e) && (e.innerText?.trim() || e.matches("rect")) && !hidden(e)
      && !e.closest(`${pressed}, ${others}`) && !e.querySelector(`form, ${pressed}`);
  });
  for (const e of marked) e.dataset.read = "";
  return marked.length;
}""".replace("HELPS", _HELPS)

_FAULTS = """([pressed, filledIn]) => {HELPS
  const faults = [], width = document.documentElement.clientWidth;
  for (const e of document.querySelectorAll(".app-classification, [data-read]")) {
    if (!there(e)) faults.push(`is not on the paper: ${told(e)}`);
  }
  for (const e of document.querySelectorAll(pressed)) {
    if (there(e) && !hidden(e)) faults.push(`cannot be pressed on paper: ${told(e)}`);
  }
  for (const e of document.querySelectorAll("input, textarea")) {
    if (there(e) && !e.closest(filledIn)) faults.push(`is no answer: ${told(e)}`);
  }
  for (const e of document.querySelectorAll("body *")) {
    if (!there(e) || hidden(e)) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (box.right > width + 1 || box.left < -1) faults.push(`is off the sheet: ${told(e)}`);
    const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
    const more = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    // The line beside a history is drawn past its end, and cut there.
    if (clips && more && !e.closest("svg, input, .moj-timeline")) {
      faults.push(`is cut off: ${told(e)}`);
    }
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    const node = words.currentNode, cell = node.parentElement.closest("th, td");
    if (!cell || !there(cell) || hidden(node.parentElement)) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
      if (lines.size > 1) faults.push(`is broken in two: ${word[0]} in ${told(cell)}`);
    }
  }
  return faults;
}""".replace("HELPS", _HELPS)


def faults_on_paper(page: Page) -> list[str]:
    """Lay the open page on a sheet, and say what is missing, cut off or of no use there."""
    size = page.viewport_size
    on_screen = page.locator(".app-classification").is_visible()
    read = page.evaluate(_MARK, [PRESSED, FILLED_IN])
    page.emulate_media(media="print")
    sheet = page.evaluate("() => getComputedStyle(document.body).page")
    page.set_viewport_size({"width": SHEET[sheet], "height": 1000})
    faults: list[str] = page.evaluate(_FAULTS, [PRESSED, FILLED_IN])
    page.emulate_media(media="screen")
    if size:
        page.set_viewport_size(size)
    faults += ["nothing on it can be read"] * (not read)
    return faults + ["the classification stands twice on the screen"] * on_screen
