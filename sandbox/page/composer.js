// The message box. Enter sends, Shift+Enter starts a new line, "/" runs a command of an app. A text that was not
// taken stays in the box.

import { post } from "./api.js";
import { completions, hintFor } from "./completion.js";
import { freshId, h, icon, replace, setAria } from "./dom.js";
import { grow } from "./textinput.js";

export class Composer {
  /** `where()` → {channel, thread_ts?}; `slackbot(text)` shows a private sentence; `upwards()` leaves the empty box to the messages. */
  constructor(holder, { id, label, placeholder, where, slackbot, upwards, drafts = null }) {
    Object.assign(this, { label, placeholder, where, slackbot, upwards, drafts });
    const listId = freshId("offers");
    this.field = h("textarea", {
      id,
      class: "composer-field",
      rows: 1,
      role: "combobox",
      autocomplete: "off",
      aria: { haspopup: "listbox", expanded: "false", controls: listId, autocomplete: "list" },
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onclick: () => this.offer(),
      onblur: () => setTimeout(() => this.endOffer(), 120),
    });
    this.offers = h("div", {
      class: "menu listbox offers",
      id: listId,
      role: "listbox",
      aria: { label: "Suggestions" },
      hidden: true,
    });
    this.offers.addEventListener("pointerdown", (event) => event.preventDefault());
    this.hint = h("div", { class: "command-hint", role: "status", hidden: true });
    this.button = h(
      "button",
      { type: "button", class: "send", aria: { label: "Send" }, title: "Send", onclick: () => this.send() },
      icon("send", 16),
    );
    const insert = (mark, said) =>
      h("button", {
        type: "button",
        class: "icon-button",
        title: said,
        aria: { label: said },
        onclick: () => this.insert(mark),
      });
    const at = insert("@", "Mention somebody");
    at.append(icon("at", 16));
    const slash = insert("/", "Run a command");
    slash.append(icon("slash", 16));
    this.found = null;
    this.at = -1;
    replace(
      holder,
      this.offers,
      this.hint,
      h(
        "div",
        { class: "composer-box" },
        this.field,
        h(
          "div",
          { class: "composer-foot" },
          slash,
          at,
          h("span", { class: "composer-tip" }, h("b", null, "Shift + Enter"), " for a new line"),
          this.button,
        ),
      ),
    );
    this.typed();
  }

  /** Name the box after the place it writes to, and bring back what was being written there. */
  retell() {
    this.field.placeholder = this.placeholder();
    this.field.setAttribute("aria-label", this.label());
    const kept = this.drafts?.get(this.where()?.channel) ?? "";
    if (this.field.value !== kept) {
      this.field.value = kept;
      this.typed();
    }
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  typed() {
    grow(this.field);
    const empty = !this.field.value.trim();
    this.button.disabled = empty;
    this.button.classList.toggle("ready", !empty);
    this.drafts?.set(this.where()?.channel, this.field.value);
    this.offer();
    this.showHint();
  }

  insert(mark) {
    const { field } = this;
    if (mark === "/") field.value = field.value ? field.value : "/";
    else {
      const start = field.selectionStart;
      const space = start && !/\s$/.test(field.value.slice(0, start)) ? " " : "";
      field.setRangeText(`${space}${mark}`, start, field.selectionEnd, "end");
    }
    this.focus();
    this.typed();
  }

  offer() {
    this.found =
      document.activeElement === this.field ? completions(this.field.value, this.field.selectionStart) : null;
    if (!this.found) {
      this.endOffer();
      return;
    }
    this.offers.hidden = false;
    setAria(this.field, "expanded", "true");
    replace(
      this.offers,
      this.found.items.map((item, index) =>
        h(
          "div",
          {
            class: "menu-item option",
            role: "option",
            id: `${this.offers.id}-${index}`,
            aria: { selected: "false" },
            onclick: () => this.take(index),
            onpointermove: () => {
              if (this.at !== index) this.walkTo(index);
            },
          },
          item.face(),
          h(
            "span",
            { class: "menu-label" },
            item.shown ?? item.label,
            item.hint ? h("span", { class: "usage" }, ` ${item.hint}`) : null,
          ),
          h("span", { class: "menu-detail" }, item.detail ?? ""),
        ),
      ),
    );
    this.walkTo(0);
  }

  walkTo(index) {
    this.offers.querySelector(".at")?.setAttribute("aria-selected", "false");
    this.offers.querySelector(".at")?.classList.remove("at");
    this.at = index;
    const option = this.offers.children[index];
    option?.classList.add("at");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    setAria(this.field, "activedescendant", option?.id);
  }

  endOffer() {
    this.found = null;
    this.offers.hidden = true;
    setAria(this.field, "expanded", "false");
    setAria(this.field, "activedescendant", null);
  }

  take(index) {
    const { field, found } = this;
    const item = found?.items[index];
    if (!item) return;
    if (item.runs) this.runShortcut(item);
    const rest = field.value.slice(field.selectionStart);
    field.setRangeText(
      item.insert,
      found.from,
      field.selectionStart + (item.insert.endsWith(" ") && rest.startsWith(" ") ? 1 : 0),
      "end",
    );
    this.typed();
    this.endOffer();
    this.focus();
  }

  async runShortcut({ runs, label }) {
    const answer = await post("shortcut", { callback_id: runs });
    if (answer.ok === false) this.slackbot(`“${label}” did not work (\`${answer.error}\`).`);
  }

  showHint() {
    const hint = hintFor(this.field.value);
    this.hint.hidden = !hint;
    if (hint)
      replace(
        this.hint,
        h("b", null, hint.command),
        ` ${hint.usage}`,
        hint.description ? h("span", { class: "quiet" }, ` ${hint.description}`) : null,
      );
    else this.hint.replaceChildren();
  }

  key(event) {
    if (event.isComposing) return;
    const offering = this.found !== null;
    if (offering && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const count = this.found.items.length;
      this.walkTo((this.at + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (offering && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.endOffer();
    } else if (offering && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !this.found.exact))) {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      event.preventDefault();
      this.upwards();
    }
  }

  async send() {
    const text = this.field.value;
    const where = this.where();
    if (!text.trim() || this.field.readOnly || !where?.channel) return;
    this.endOffer();
    this.field.readOnly = true;
    this.field.setAttribute("aria-busy", "true");
    this.button.classList.add("busy");
    const answer = text.startsWith("/") ? await this.command(text, where) : await post("say", { ...where, text });
    this.field.readOnly = false;
    this.field.removeAttribute("aria-busy");
    this.button.classList.remove("busy");
    if (answer.ok === false) {
      if (answer.said !== "")
        this.slackbot(answer.said ?? `Your text was not taken (\`${answer.error}\`). It is still in the box.`);
      return;
    }
    this.drafts?.set(where.channel, "");
    if (this.where()?.channel === where.channel && this.where()?.thread_ts === where.thread_ts) {
      this.field.value = "";
      this.typed();
    }
  }

  /** Whether the command exists, and whether its app answered, is for the sandbox to say: its Slackbot whispers the reason. */
  async command(text, where) {
    const answer = await post("command", { ...where, text });
    const untold =
      ["sandbox_unreachable", "channel_not_found", "user_not_found"].includes(answer.error) ||
      answer.error?.startsWith("http_");
    if (answer.ok === false && !untold) answer.said = "";
    return answer;
  }
}
