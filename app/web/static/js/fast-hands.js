// For whoever answers the fourth case of an afternoon without leaving the keyboard.

import { questionOf } from "./questions.js";

// While one of a group of radios has the focus, 1 chooses its first answer, 2 its second, and so on.
export function chooseByNumber(form) {
  form.addEventListener("keydown", (event) => {
    const radio = event.target;
    if (radio.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const group = [...form.querySelectorAll(`input[name="${CSS.escape(radio.name)}"]`)];
    const chosen = /^[1-9]$/.test(event.key) ? group[event.key - 1] : null;
    if (chosen) {
      event.preventDefault();
      chosen.focus();
      chosen.click();
    }
  });
}

// Alt and N goes to the next unanswered question; and it is not only come to: its first field has
// the focus. (AltGr, with which some keyboards write "ń", is Control and Alt.) The next is the first
// after the question that was last answered in, on this page or beyond it, and then from the top.
export function followTheNext(page, form) {
  const link = page.querySelector("[data-app-next]");
  let place = null;
  form.addEventListener("focusin", (event) => (place = questionOf(event.target) ?? place));
  page.addEventListener("keydown", (event) => {
    if (link && event.code === "KeyN" && event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      link.click();
    }
  });
  const arrive = () => {
    const question = page.getElementById(location.hash.slice(1))?.closest("[data-question]");
    const all = [...(question?.querySelectorAll("input:not([type=hidden]), textarea") ?? [])];
    (all.find((each) => each.checked) ?? all[0])?.focus({ preventScroll: true });
  };
  // The browser has its own way of arriving, after which this comes.
  link?.addEventListener("click", () => {
    link.href = form.action.replace(/answers$/, next(form, place, link.dataset));
    setTimeout(arrive);
  });
  addEventListener("load", () => setTimeout(arrive));
}

function next(form, place, { wanted, beyond }) {
  const all = [...form.querySelectorAll("[data-question]")];
  const left = all.filter((each) => wanted.split(" ").includes(each.dataset.question));
  const after = left.find((each) => all.indexOf(each) > all.indexOf(place));
  const found = after ?? (beyond ? null : left[0]);
  const section = form.elements.namedItem("section").value;
  return found ? `sections/${section}#question-${found.dataset.question}` : beyond || "check";
}

// What a save found to be still wanted takes the place of what the page was made with.
export function nowWanted(page, { wanted, beyond }) {
  const link = page.querySelector("[data-app-next]");
  if (link) {
    Object.assign(link.dataset, { wanted: wanted.join(" "), beyond });
  }
}

// Boxes grow with their text; the style sheet does it where the browser can.
export function growWithTheirText(form) {
  if (CSS.supports("field-sizing", "content")) {
    return;
  }
  const grow = (box) => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 4}px`;
  };
  form.addEventListener("input", (event) => event.target.matches("textarea") && grow(event.target));
  form.querySelectorAll("textarea").forEach((box) => box.value && grow(box));
}
