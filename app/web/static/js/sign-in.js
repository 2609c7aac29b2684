// Signing in again on the page itself, so that nothing typed there has to be left behind.
//
// The same person's waiting save then goes with a new token. Where somebody else signs in, what was
// typed and not saved is theirs to discard only after a warning, and by pressing a second button.

import { ask } from "./connection.js";

const NOT_RIGHT = "The e-mail address or the password is not right";
const TOO_MANY = "Too many tries at signing in have failed. Wait a few minutes, then try again.";
const NO_ANSWER = "The service did not answer. Try again in a moment.";
const ONE_MORE_STEP = "There is one more step.";

export class SignInAgain {
  constructor(page, { signedIn, discarded }) {
    // `signedIn` says whether nobody is there even so.
    this.box = page.querySelector("[data-app-sign-in]");
    this.form = this.box.querySelector("form");
    this.password = this.form.elements.namedItem("password");
    this.problem = this.box.querySelector("[data-app-sign-in-problem]");
    this.stranger = this.box.querySelector("[data-app-somebody-else]");
    this.sure = this.box.querySelector("[data-app-sure]");
    this.signedIn = signedIn;
    this.discarded = discarded;
    this.last = null; // the field of a question that had the focus last
  }

  start(questions) {
    questions.addEventListener("focusin", (event) => {
      this.last = event.target.closest("[data-question]") ? event.target : this.last;
    });
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.box.addEventListener("click", (event) => {
      const pressed = event.target.closest("button[data-app-press]")?.dataset.appPress;
      if (pressed === "discard" || pressed === "keep") {
        const kept = pressed === "keep";
        this.sure.hidden = kept;
        this.box.querySelector(`[data-app-press=${kept ? "discard" : "keep"}]`).focus();
      } else if (pressed === "yes") {
        this.discarded();
      }
    });
  }

  // Shows the form; `stranger` where somebody else has signed in meanwhile.
  wanted(stranger) {
    this.box.hidden = false;
    this.stranger.hidden = !stranger;
    this.sure.hidden ||= !stranger;
  }

  done() {
    const inside = this.box.contains(document.activeElement);
    this.box.hidden = true;
    this.say("");
    this.form.reset();
    if (inside) {
      this.last?.focus();
    }
  }

  async submitted(event) {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(this.form));
    const answer = await ask(this.form.action, { method: "POST", body });
    if (answer === null || answer.status >= 500) {
      this.say(NO_ANSWER);
    } else if (answer.status === 422 || answer.status === 403) {
      this.say(NOT_RIGHT);
      this.password.value = "";
      this.password.focus();
    } else if (answer.status === 429) {
      this.say(TOO_MANY);
    } else if (await this.signedIn()) {
      this.say(ONE_MORE_STEP);
    } else {
      this.say("");
      this.password.value = "";
    }
  }

  say(words) {
    this.problem.textContent = words;
    this.box.querySelector("[data-app-elsewhere]").hidden = words !== ONE_MORE_STEP;
  }
}
