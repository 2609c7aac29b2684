// Whether what is typed is stored: words in sight, which change often and are not read out, and
// spoken ones, for failure and recovery only.

export class SaveStatus {
  bad = false;

  constructor(page) {
    this.boxes = [...page.querySelectorAll("[data-app-save]")];
    this.spoken = page.querySelector("[data-app-save-spoken]");
  }

  begin() {
    for (const box of this.boxes) {
      box.hidden = false;
    }
  }

  saving() {
    if (!this.bad) {
      this.write("Saving…", "");
    }
  }

  saved(all) {
    if (this.bad) {
      this.bad = false;
      this.spoken.textContent = "Your answers are saved again.";
    }
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    this.write(all ? `Saved at ${time}` : "Saving…", all ? "app-save--saved" : "");
  }

  // What is being tried again: said aloud once, however often and in whatever way it fails.
  failing(words) {
    this.failed(words, null, this.bad ? this.spoken.textContent : words);
  }

  // What needs the person.
  failed(words, link, aloud = words) {
    if (this.spoken.textContent !== aloud) {
      this.spoken.textContent = aloud;
    }
    this.bad = true;
    this.write(words, "app-save--failed", link);
  }

  // Brings whoever pressed a button to the words that say why they are still here.
  comeTo() {
    const box = this.boxes.at(-1);
    box.tabIndex = -1;
    box.focus();
  }

  write(words, look, link) {
    for (const box of this.boxes) {
      box.classList.remove("app-save--saved", "app-save--failed");
      if (look) {
        box.classList.add(look);
      }
      const text = box.querySelector("[data-app-save-words]");
      // A link that somebody has come to is not taken away to be put there again.
      if (text.textContent !== (link ? `${words} ${link.words}` : words)) {
        text.replaceChildren(words, ...(link ? [" ", anchor(link)] : []));
      }
    }
  }
}

function anchor({ address, words }) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = address;
  link.textContent = words;
  return link;
}
