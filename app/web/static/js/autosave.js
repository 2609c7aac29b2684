// Saves a section's answers as they are typed.
//
// The server proves each save with the number of the save in X-Saved-Sequence; anything else is a
// failure. One save is on its way at a time, always of the whole form as it is at that moment, and
// only the proof of the latest one makes the page clean. Nothing is kept in the browser's storage:
// machines are shared. What has not been saved stays on the page, and the page says so.

import { ask, sendOff } from "./connection.js";
import { chooseByNumber, followTheNext, growWithTheirText, nowWanted } from "./fast-hands.js";
import { inParts } from "./parts.js";
import { keepingInPlace, questionOf, showProblem, untick } from "./questions.js";
import { showWarnings } from "./questions-warnings.js";
import { SaveStatus } from "./save-status.js";
import { SignInAgain } from "./sign-in.js";

const PAUSE = 800; // milliseconds without typing before a save
const RETRIES = [2000, 4000, 8000, 16000, 30000];

const NO_ANSWER =
  "Not saved: no connection. Keep this page open: what you typed is here, and we keep trying.";
const UNWELL =
  "Not saved: the service is not answering. Keep this page open: what you typed is here, and we keep trying.";
const SIGNED_OUT =
  "Not saved: you have been signed out. What you typed is still here, and is saved when you have signed in again.";
const SOMEBODY_ELSE =
  "Not saved: somebody else has signed in on this computer. What you typed is still here, and is saved when you have signed in as yourself.";
const NOT_YOURS =
  "Not saved: this is no longer yours to answer. Copy what you typed here, and ask your agency lead.";
const SIGN_IN = { address: "#sign-in-again", words: "Sign in on this page" };
const UNREADABLE = "Not saved: this page is out of date. Copy what you typed last, then reload it.";
const TOO_LONG =
  "Not saved: there is more text on this page than can be saved. What you typed is still here, and is saved when you have shortened the longest answer.";
const COPY = "Copy what you typed last if you need it: it is only on this page.";

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
  proven = 0; // the number of the latest save that was proved
  parted = null; // the number that was last sent on the way out, until something changes
  stopped = false; // whether saving again would only be refused again
  shown = false; // whether the server, sent the form again, shows what it refuses
  leaving = false; // whether the next page was asked for
  free = false; // whether it may go this once without a question
  signedOut = false;
  bar = null; // who was there instead, when a save was last refused for it
  timer = 0;
  latest = null; // what the server said of the questions: which are closed, and what is wrong

  constructor(form) {
    this.form = form;
    this.token = form.elements.namedItem("token");
    this.number = document.createElement("input");
    Object.assign(this.number, { type: "hidden", name: "sequence" });
    form.append(this.number);
    this.status = new SaveStatus(document);
    this.touched = new Map(); // what was changed since the last proof, each with its latest edit
    this.signIn = new SignInAgain(document, {
      signedIn: () => this.renewedBy(),
      discarded: () => this.discard(),
    });
  }

  get clean() {
    return this.stored === this.edits;
  }

  start() {
    const { form } = this;
    this.status.begin();
    this.signIn.start(form);
    chooseByNumber(form);
    followTheNext(document, form);
    growWithTheirText(form);
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
    this.touch(questionOf(event.target));
    // What is typed or ticked now stands in place of "Not known" and the like beside it.
    const field = event.target;
    if (field.type === "text" || field.type === "textarea" || field.type === "checkbox") {
      const answers = !field.name.endsWith(".reason") && (field.type === "checkbox" || field.value);
      if (answers) {
        untick(questionOf(field), (each) => each.name.endsWith(".absence"));
      }
    }
    this.soon(PAUSE);
  }

  // Whoever goes on after "Save and continue" stays: the page that is coming would take this one
  // away without a question, and what was just typed with it if it cannot be sent.
  touch(question) {
    if (this.leaving) {
      this.leaving = this.free = false;
      window.stop();
    }
    this.edits += 1;
    this.parted = null;
    this.touched.set(question, this.edits);
    this.status.saving();
  }

  pressed(event) {
    const button = event.target.closest("button[name=clear]");
    if (!button) {
      return;
    }
    event.preventDefault();
    untick(questionOf(button), () => true);
    this.touch(questionOf(button));
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
    if (this.stopped && this.shown) {
      this.depart(); // the server shows both answers, or whose they are
      return;
    }
    event.preventDefault();
    while (!this.clean && !this.stopped) {
      const failures = this.failures;
      await this.save();
      if (this.failures > failures || this.signedOut) {
        break;
      }
    }
    if (this.clean && !this.stopped) {
      this.depart();
      this.form.submit();
    } else if (!questionOf(document.activeElement)) {
      this.status.comeTo();
    }
  }

  // What the browser sends itself is a save with a number too: what is typed after it comes later.
  depart() {
    this.leaving = this.free = true;
    this.sequence += 1;
    this.number.value = this.sequence;
  }

  left() {
    this.save();
    setTimeout(() => this.settle()); // when the focus has arrived elsewhere
  }

  returned() {
    if (!this.clean || this.signedOut) {
      this.save();
    }
  }

  // While the browser asks whether to leave, an ordinary save, of any length, has time to arrive. It
  // does not wait for one that is on its way: until the person has answered, nothing here goes on.
  warn(event) {
    const { free } = this;
    this.free = false; // the page that was asked for may not come
    if (!this.clean && !free) {
      event.preventDefault();
      if (!this.stopped) {
        this.saveOnce();
      }
    }
  }

  // A last save on the way out. Its answer is never seen, so the page stays unclean until one is.
  // All parts are one save: they carry the same number, and each its own questions. A page that goes
  // says so twice; the second time is the same save again, or its parts would overtake the first's.
  leave() {
    if (this.clean || this.stopped) {
      return;
    }
    if (this.parted !== this.sequence) {
      this.sequence += 1;
      this.parted = this.sequence;
    }
    const whole = this.body(this.sequence);
    whole.set("quiet", "1");
    const sent = inParts(this.form, whole, this.touched.keys()).map((part) =>
      sendOff(this.form.action, part),
    );
    if (sent.includes(false)) {
      this.save(); // browsers send no more than 64 kB so; a page that is only hidden can do this
    }
  }

  // Somebody else has said, twice, that what was typed here may go.
  discard() {
    this.stopped = this.free = true;
    this.form.reset();
    location.assign("/");
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
    if (sequence < this.proven) {
      return; // a later save, which held all of this one, was answered first
    }
    if (answer?.ok && Number(answer.headers.get("X-Saved-Sequence")) >= sequence) {
      this.acknowledged(sequence, edits, answer);
    } else if (answer?.status === 401 || answer?.status === 403) {
      this.signedOut = true;
      if (await this.renewed()) {
        this.soon(0);
      }
    } else if (answer?.status === 409) {
      this.shown = answer.headers.has("X-Refused-Shown");
      this.stop(this.shown ? answer.words : `Not saved: ${answer.words} ${COPY}`);
    } else if (answer?.status === 404) {
      this.stop(NOT_YOURS);
    } else if (answer?.status === 422) {
      this.stop(UNREADABLE);
    } else if (answer?.status === 413) {
      this.failures += 1; // to try again by itself would help no more than to reload
      this.status.failed(TOO_LONG);
    } else {
      this.failed(answer ? UNWELL : NO_ANSWER);
    }
  }

  acknowledged(sequence, edits, answer) {
    this.failures = 0;
    this.proven = sequence;
    if (sequence === this.sequence) {
      this.stored = edits;
      for (const [question, edit] of this.touched) {
        if (edit <= edits) {
          this.touched.delete(question);
        }
      }
      this.status.saved(this.clean);
    }
    this.show(JSON.parse(answer.words));
  }

  failed(words) {
    this.status.failing(words);
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
      this.token.value = answer.words;
      this.signedOut = false;
      this.signIn.done();
      return true;
    }
    if (answer === null || answer.status >= 500) {
      this.failed(answer ? UNWELL : NO_ANSWER);
    } else if (answer.status === 401) {
      this.barred("nobody");
    } else if (answer.status === 409 || (await this.strange())) {
      this.barred("somebody else");
    } else {
      this.stop(NOT_YOURS);
    }
    return false;
  }

  // Somebody else may not be let near this assignment at all, which is no reason to give up: whoever
  // typed here may come back.
  async strange() {
    const answer = await ask("/account/person", { headers: { "HX-Request": "true" } });
    return Boolean(answer?.ok) && answer.words !== this.form.dataset.person;
  }

  barred(by) {
    this.bar = by;
    const stranger = by === "somebody else";
    this.signIn.wanted(stranger);
    this.status.failed(stranger ? SOMEBODY_ELSE : SIGNED_OUT, SIGN_IN);
  }

  // Saves what was waiting after somebody signed in; says whether nobody is there even so.
  async renewedBy() {
    await this.saving;
    this.bar = null;
    this.signedOut = true; // the token may be of a session that is over, whatever the page knew
    await this.save();
    return this.bar === "nobody";
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
    nowWanted(document, stored);
    showWarnings(this.questions(), stored.warnings);
    this.latest = stored;
    this.settle();
  }

  // Opens and closes questions, and says what is wrong with answers. Nobody is corrected in the
  // middle of a word, nor is what they type in taken away: only once they have left the question.
  settle() {
    if (!this.latest) {
      return;
    }
    keepingInPlace(document.activeElement, () => {
      for (const question of this.questions()) {
        if (!question.contains(document.activeElement)) {
          const id = question.dataset.question;
          question.toggleAttribute("data-closed", this.latest.closed.includes(id));
          showProblem(question, this.latest.problems[id]);
        }
      }
    });
  }

  questions() {
    return this.form.querySelectorAll("[data-question]");
  }
}
