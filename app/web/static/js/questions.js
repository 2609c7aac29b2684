// One question of a section: its boxes, and what is wrong with its answer.

const FIELDS =
  ".govuk-date-input, .govuk-input__wrapper, .govuk-input, .govuk-radios, .govuk-checkboxes, textarea";

export function questionOf(field) {
  return field.closest("[data-question]");
}

export function untick(question, which) {
  for (const box of question.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    if (which(box)) {
      box.checked = false;
    }
  }
}

// Changes the page around something, which stays where it is on the screen.
export function keepingInPlace(what, change) {
  const before = what.getBoundingClientRect().top;
  change();
  scrollBy({ top: what.getBoundingClientRect().top - before, behavior: "instant" });
}

// Says beside a field what is wrong with it, or takes that away again.
export function showProblem(question, words) {
  const old = question.querySelector(".govuk-error-message");
  if ((old?.dataset.words ?? old?.lastChild.textContent.trim() ?? "") === (words ?? "")) {
    return;
  }
  const id = `${question.dataset.question}-error`;
  const field = question.querySelector(FIELDS);
  const described = field.closest("fieldset") ?? field.querySelector("input") ?? field;
  const by = (described.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter((each) => each && each !== id);
  old?.remove();
  question.classList.toggle("app-question--wrong", Boolean(words));
  if (words) {
    const problem = document.createElement("p");
    problem.className = "govuk-error-message";
    problem.id = id;
    problem.dataset.words = words;
    problem.append(hidden("Error:"), ` ${words}`);
    field.before(problem);
    by.push(id);
  }
  if (by.length) {
    described.setAttribute("aria-describedby", by.join(" "));
  } else {
    described.removeAttribute("aria-describedby");
  }
}

function hidden(words) {
  const span = document.createElement("span");
  span.className = "govuk-visually-hidden";
  span.textContent = words;
  return span;
}
