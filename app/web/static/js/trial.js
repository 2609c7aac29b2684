// A question set that is tried: asks the server after each change what is open now and what is still
// wanted, and shows it. Nothing is kept, here or there. Without this the page has a button.

import { keepingInPlace, questionOf, untick } from "./questions.js";

export function startTrial(page) {
  const form = page.querySelector("form[method=post]");
  if (form && !form.dataset.trying) {
    form.dataset.trying = "yes";
    form.addEventListener("change", () => look(page, form));
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=clear]");
      if (button) {
        event.preventDefault();
        untick(questionOf(button), () => true);
        look(page, form);
      }
    });
  }
}

let latest = 0;

async function look(page, form) {
  const this_ = ++latest;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || this_ !== latest) {
    return; // the button says what is wrong
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  keepingInPlace(document.activeElement, () => {
    for (const part of page.querySelectorAll("[data-question], [data-trial-section]")) {
      const now = found.getElementById(part.id);
      part.toggleAttribute("data-closed", now?.hasAttribute("data-closed") ?? false);
    }
    const panel = page.querySelector(".app-progress");
    const now = found.querySelector(".app-progress");
    const missing = now?.querySelector("details");
    if (missing) {
      missing.open = panel?.querySelector("details")?.open ?? false;
    }
    panel?.replaceWith(now);
  });
}
