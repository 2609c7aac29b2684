// The page's one script. Every page works without it; it only makes some things smoother.

import { initAll } from "./govuk-frontend.js";
import { startAutosave } from "./autosave.js";
import { watchScrollers } from "./scrollers.js";

// GOV.UK Frontend looks for these before it will start. Its own template sets them from an inline
// script, which our content security policy (rightly) refuses.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(scope) {
  initAll({ scope, onError: report });
  watchScrollers(scope);
  startMultiSelects(scope);
  startAutosave(scope);
  startTrials(scope);
}

// A component that was already started says so by throwing. After a swap that is expected: part of
// the page is new and part is not. Anything else is a fault and belongs in the console.
function report(error) {
  if (error.name !== "InitError") {
    console.error(error);
  }
}

async function startMultiSelects(scope) {
  const tables = scope.querySelectorAll('[data-module="moj-multi-select"]');
  if (tables.length === 0) {
    return;
  }
  const { MultiSelect } = await import("./multi-select.js");
  for (const table of tables) {
    try {
      new MultiSelect(table, { idPrefix: table.dataset.multiSelectIdPrefix ?? "" });
    } catch (error) {
      report(error);
    }
  }
}

async function startTrials(scope) {
  if (scope.querySelector("[data-trial]")) {
    const { startTrial } = await import("./trial.js");
    scope.querySelectorAll("[data-trial]").forEach(startTrial);
  }
}

start(document);

// What htmx replaced may be the element it names or all its children, so look from the parent.
document.addEventListener("htmx:after:swap", (event) => {
  start(event.target.parentElement ?? document);
});
