// What a page sends on its way out when all of it is too much for that: the questions touched since
// the last proof, a few in each part. A part names only its own questions, so that it is never read
// as a whole form with everything else left empty.

import { fits } from "./connection.js";

export function inParts(form, whole, touched) {
  if (fits(whole)) {
    return [whole];
  }
  const own = common(form, whole);
  const parts = [];
  for (const question of touched) {
    const fields = fieldsOf(question, whole);
    const wider = parts.length ? joined(parts.at(-1), fields) : null;
    if (wider && fits(wider)) {
      parts[parts.length - 1] = wider;
    } else {
      parts.push(joined(own, fields));
    }
  }
  return parts;
}

// The page's own fields, which belong to no question.
function common(form, whole) {
  const own = new URLSearchParams({ part: "1" });
  for (const field of form.elements) {
    if (field.name && !field.closest("[data-question]") && whole.has(field.name)) {
      own.set(field.name, whole.get(field.name));
    }
  }
  for (const name of ["sequence", "quiet"]) {
    own.set(name, whole.get(name));
  }
  return own;
}

function fieldsOf(question, whole) {
  const fields = new URLSearchParams({ asked: question.dataset.question });
  const names = [...question.querySelectorAll("[name]")].map((field) => field.name);
  for (const name of new Set(names)) {
    if (name !== "asked" && name !== "clear") {
      whole.getAll(name).forEach((value) => fields.append(name, value));
    }
  }
  return fields;
}

function joined(one, other) {
  return new URLSearchParams([...one, ...other]);
}
