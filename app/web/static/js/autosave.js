// Saves a section's answers as they are typed.
//
// The server proves each save with the number of the save in X-Saved-Sequence; anything else is a
// failure. One save is on its way at a time, always of the whole form as it is at that moment, and
// only the proof of the latest one makes the page clean. Nothing is kept in the browser's storage:
// machines are shared. What has not been saved stays on the page, and the page says so.

import { questionOf, showProblem, untick } from "./questions.js";
import { showWarnings } from "./questions-warnings.js";
import { SaveStatus } from "./save-status.js";

const PAUSE = 800; // milliseconds without typing before a save
const GIVE_UP = 20000; // milliseconds to wait for an answer
const RETRIES = [2000, 4000, 8000, 16000, 30000];

const NO_ANSWER =
  "Not saved: no connection. Keep this page open: what you typed is here, and we keep trying.";
const UNWELL =
  "Not saved: the service is not answering. Keep this page open: what you typed is here, and we keep trying.";
const SIGNED_OUT =
  "Not saved: you have been signed out. What you typed is still here. Sign in, then come back to this page.";
const SOMEBODY_ELSE =
  "Not saved: somebody else has signed in on this computer. What you typed is still here. Sign in as yourself, then come back to this page.";
const NOT_YOURS =
  "Not saved: this is no longer yours to answer. Copy what you typed here, and ask your agency lead.";
const UNREADABLE = "Not saved: this page is out of date. Copy what you typed last, then reload it.";

export function startAutosave(scope) {
  for (const form of scope.querySelectorAll("form[data-autosave]")) {
    if (!form.dataset.autosaving) {
      form.dataset.autosaving = "yes";
      new Autosave(form).start();
    }
  }
}

class Autosave {
  sequence = 0; // the number of the latest save begun
  edits = 0; // how often something was changed
  stored = 0; // how many of those changes the latest proof covers
  failures = 0;
  saving = null; // the save on its way, as a promise
  stopped = false; // whether saving again would only be refused again
  leaving = false;
  signedOut = false;
  timer = 0;
  problems = null; // what the server could not read, by question

  constructor(form) {
    this.form = form;
    this.token = form.elements.namedItem("token");
    this.status = new SaveStatus(document);
  }

  get clean() {
    return this.stored === this.edits;
  }

  start() {
    const { form } = this;
    this.status.begin();
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("change", () => this.save());
    form.addEventListener("focusout", () => this.left());
    form.addEventListener("click", (event) => this.pressed(event));
    form.addEventListener("keydown", (event) => this.entered(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.returned());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => (this.leaving = false));
    window.addEventListener("beforeunload", (event) => this.warn(event));
    document.addEventListener("visibilitychange", () =>
      document.visibilityState === "hidden" ? this.leave() : this.returned(),
    );
  }

  // ---- what the person does ----

  typed(event) {
    this.edits += 1;
    // What is typed or ticked now stands in place of "Not known" and the like beside it.
    const field = event.target;
    if (field.type === "text" || field.type === "textarea" || field.type === "checkbox") {
      const answers = !field.name.endsWith(".reason") && (field.type === "checkbox" || field.value);
      if (answers) {
        untick(questionOf(field), (each) => each.name.endsWith(".absence"));
      }
    }
    this.status.saving();
    this.soon(PAUSE);
  }

  pressed(event) {
    const button = event.target.closest("button[name=clear]");
    if (!button) {
      return;
    }
    event.preventDefault();
    untick(questionOf(button), () => true);
    this.edits += 1;
    this.save();
  }

  // Enter in a line of text would press the first button of the form, and leave the page.
  entered(event) {
    if (event.key === "Enter" && event.target.matches("input[type=text]")) {
      event.preventDefault();
      this.save();
    }
  }

  // The next page comes when everything is stored, so that no answer is lost to a dead connection.
  async submitted(event) {
    if (this.stopped) {
      this.leaving = true; // the server shows both answers, or says why it takes none
      return;
    }
    event.preventDefault();
    while (!this.clean && !this.stopped) {
      const failures = this.failures;
      await this.save();
      if (this.failures > failures || this.signedOut) {
        return;
      }
    }
    if (!this.stopped) {
      this.leaving = true;
      this.form.submit();
    }
  }

  left() {
    this.save();
    setTimeout(() => this.showProblems()); // when the focus has arrived elsewhere
  }

  returned() {
    if (!this.clean || this.signedOut) {
      this.save();
    }
  }

  warn(event) {
    if (!this.clean && !this.leaving) {
      event.preventDefault();
    }
  }

  // A last save on the way out. Its answer is never seen, so the page stays unclean until one is.
  leave() {
    if (!this.clean && !this.stopped) {
      this.sequence += 1;
      const body = this.body(this.sequence);
      body.set("quiet", "1");
      navigator.sendBeacon(this.form.action, body);
    }
  }

  // ---- saving ----

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  body(sequence) {
    const body = new URLSearchParams(new FormData(this.form));
    body.set("sequence", sequence);
    return body;
  }

  // Returns when the save that was on its way, or the one begun now, has been answered.
  save() {
    if (!this.saving) {
      if ((this.clean && !this.signedOut) || this.stopped) {
        return Promise.resolve();
      }
      clearTimeout(this.timer);
      this.saving = this.saveOnce().finally(() => {
        this.saving = null;
        if (!this.clean && !this.failures && !this.signedOut && !this.stopped) {
          this.soon(0);
        }
      });
    }
    return this.saving;
  }

  async saveOnce() {
    if (this.signedOut && !(await this.renewed())) {
      return;
    }
    this.sequence += 1;
    const { sequence, edits } = this;
    const answer = await ask(this.form.action, { method: "POST", body: this.body(sequence) });
    if (answer?.ok && Number(answer.headers.get("X-Saved-Sequence")) >= sequence) {
      await this.acknowledged(sequence, edits, answer);
    } else if (answer?.status === 401 || answer?.status === 403) {
      this.signedOut = true;
      if (await this.renewed()) {
        this.soon(0);
      }
    } else if (answer?.status === 409) {
      this.stop(await answer.text());
    } else if (answer?.status === 404) {
      this.stop(NOT_YOURS);
    } else if (answer?.status === 422 || answer?.status === 413) {
      this.stop(UNREADABLE);
    } else {
      this.failed(answer ? UNWELL : NO_ANSWER);
    }
  }

  async acknowledged(sequence, edits, answer) {
    this.failures = 0;
    if (sequence === this.sequence) {
      this.stored = edits;
      this.status.saved(this.clean);
    }
    this.show(await answer.json());
  }

  failed(words) {
    this.status.failed(words);
    this.soon(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
  }

  stop(words) {
    this.stopped = true;
    this.status.failed(words);
  }

  // A session that ended took its token with it. A new one of the same person brings another.
  async renewed() {
    const headers = { "HX-Request": "true" };
    const answer = await ask(this.form.dataset.token, { headers });
    if (answer?.ok) {
      this.token.value = await answer.text();
      this.signedOut = false;
      return true;
    }
    if (answer === null || answer.status >= 500) {
      this.failed(answer ? UNWELL : NO_ANSWER);
    } else if (answer.status === 404) {
      this.stop(NOT_YOURS);
    } else {
      const words = answer.status === 409 ? SOMEBODY_ELSE : SIGNED_OUT;
      this.status.failed(words, this.form.dataset.signIn);
    }
    return false;
  }

  // ---- what the page shows of it ----

  show(stored) {
    const count = document.getElementById("progress");
    if (count) {
      count.textContent = `${stored.answered} of ${stored.of} answered`;
    }
    if (!stored.closed) {
      return;
    }
    const next = document.querySelector("[data-app-next]");
    if (next) {
      next.href = this.form.action.replace(/answers$/, stored.next);
    }
    for (const question of this.questions()) {
      question.toggleAttribute("data-closed", stored.closed.includes(question.dataset.question));
    }
    showWarnings(this.questions(), stored.warnings);
    this.problems = stored.problems;
    this.showProblems();
  }

  // Nobody is corrected in the middle of a word: only once they have left the question.
  showProblems() {
    for (const question of this.problems ? this.questions() : []) {
      if (!question.contains(document.activeElement)) {
        showProblem(question, this.problems[question.dataset.question]);
      }
    }
  }

  questions() {
    return this.form.querySelectorAll("[data-question]");
  }
}

// ---- the connection ----

// Returns the answer, or null when there was none.
async function ask(address, { headers = {}, ...request }) {
  try {
    return await fetch(address, {
      ...request,
      headers: { "X-Casefile-Save": "1", ...headers },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(GIVE_UP),
    });
  } catch {
    return null;
  }
}
