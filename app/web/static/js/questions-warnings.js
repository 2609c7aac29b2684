// Says at the end of a question what the server suspects in its words, or takes that away again.
//
// The server names only the questions that the save has changed: null means nothing is suspected.
// The words stand last in the question, so nothing that is being typed in moves.

export function showWarnings(questions, warnings = {}) {
  for (const question of questions) {
    const key = question.dataset.question;
    if (key in warnings) {
      showWarning(question, `${key}-warning`, warnings[key]?.words);
    }
  }
}

function showWarning(question, id, words) {
  const old = document.getElementById(id);
  if ((old?.textContent ?? "") === (words ?? "")) {
    return;
  }
  old?.remove();
  for (const field of question.querySelectorAll("textarea, input[type=text]")) {
    const by = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const others = by.filter((each) => each && each !== id);
    const described = words ? [...others, id] : others;
    if (described.length) {
      field.setAttribute("aria-describedby", described.join(" "));
    } else {
      field.removeAttribute("aria-describedby");
    }
  }
  if (words) {
    const warning = document.createElement("p");
    warning.className = "app-question__warning";
    warning.id = id;
    warning.textContent = words;
    question.append(warning);
  }
}
