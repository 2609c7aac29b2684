// For whoever answers the fourth case of an afternoon without leaving the keyboard.

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
// the focus. (AltGr, with which some keyboards write "ń", is Control and Alt.)
export function followTheNext(page) {
  const link = page.querySelector("[data-app-next]");
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
  link?.addEventListener("click", () => setTimeout(arrive));
  addEventListener("load", () => setTimeout(arrive));
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
