"""Somebody typing into a section's page, and everything that the page told them meanwhile."""

import random
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Locator, Page, expect

from tests.browser.window import Window

# Each time the page says that all is saved, what its fields hold at that moment is written down:
# this, and nothing less, must be stored. So is every word that was spoken.
REMEMBER = """
const held = () => {
  const fields = {};
  for (const each of document.querySelectorAll("[data-question] :is(textarea, [type=radio])"))
    if (each.checkVisibility()) {
      fields[each.name] ??= "";
      if (each.type !== "radio" || each.checked) fields[each.name] = each.value.trim();
    }
  return fields;
};
window.held = held;
window.shown = [];
window.said = [];
addEventListener("DOMContentLoaded", () => {
  const watch = (what, told) => new MutationObserver(told).observe(
    what, {childList: true, characterData: true, subtree: true});
  const status = document.getElementById("save-status");
  if (!status) return;
  watch(status, () => {
    if (status.textContent.startsWith("Saved at")) window.shown.push(held());
  });
  const spoken = document.querySelector("[data-app-save-spoken]");
  watch(spoken, () => window.said.push(spoken.textContent));
});
"""

WORDS = ("seen", "alone", "“today”", "<b>", "&amp;", "née", "50%", "a+b", "then", "\nagain")

BOXES = (0, 1)
"""The boxes of a section that a window types in, if nothing else is said."""

Fields = dict[str, str]


@dataclass
class Typist:
    """One window on one section, typed into by chance; the same seed types the same."""

    window: Window
    chance: random.Random
    boxes: tuple[int, ...] = BOXES
    """Which of the section's boxes they type in."""
    shown: list[Fields] = field(default_factory=list)
    """What the fields held each time the page said that all was saved, on pages that are gone."""
    warned: list[str] = field(default_factory=list)
    """What the browser asked before it let the page go."""

    @classmethod
    def at(
        cls,
        context: BrowserContext,
        address: str,
        chance: random.Random,
        boxes: tuple[int, ...] = BOXES,
    ) -> "Typist":
        """Open the section in a window of its own."""
        page = context.new_page()
        page.add_init_script(f"{{{REMEMBER}}}")
        made = cls(Window(page), chance, boxes)
        page.on("dialog", made._asked)
        page.goto(address)
        return made

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def status(self) -> Locator:
        return self.page.locator("#save-status")

    @property
    def spoken(self) -> str:
        """What was spoken last."""
        return self.page.locator("[data-app-save-spoken]").first.text_content() or ""

    def _asked(self, dialog: Dialog) -> None:
        self.warned.append(dialog.type)
        dialog.accept()

    def type(self, steps: int) -> None:
        """Type and choose here and there, with pauses in which a save may be on its way."""
        for _ in range(steps):
            if self.boxes == BOXES and self.chance.random() < 0.3:
                self._choose()
            else:
                self.write(" ".join(self.chance.choices(WORDS, k=2)))
            self.page.wait_for_timeout(self.chance.choice((0, 0, 50, 300, 850)))

    def write(self, words: str, boxes: tuple[int, ...] = ()) -> None:
        """Go on in one of the boxes."""
        seen = self.page.locator("[data-question] textarea").filter(visible=True)
        box = seen.nth(self.chance.choice(boxes or self.boxes))
        box.press("Control+End")
        self.page.keyboard.type(f"{words} ")

    def _choose(self) -> None:
        radios = self.page.locator("[data-question]:not([data-closed]) input[type=radio]").all()
        self.chance.choice(radios[:8]).check(force=True)

    def leave_by(self, button: str) -> None:
        """Press a button that leads to another page."""
        self.shown = self.was_shown()
        self.page.get_by_role("button", name=button).last.click()

    def held(self) -> Fields:
        """What the fields hold now."""
        return dict(self.page.evaluate("() => held()"))

    def said(self) -> list[str]:
        """What was spoken since this was last asked."""
        told: list[str] = self.page.evaluate("() => said.splice(0)")
        return told

    def was_shown(self) -> list[Fields]:
        """Everything that this window's pages showed as saved."""
        here: list[Any] = self.page.evaluate("() => shown")
        return [*self.shown, *here]

    def unsaved(self) -> bool:
        """Whether the page says anything but that all is saved."""
        return not self.status.inner_text().startswith("Saved at")

    def saved(self) -> None:
        """Wait until the page says that all is saved."""
        expect(self.status).to_contain_text("Saved at", timeout=20_000)
