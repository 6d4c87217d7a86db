// Short notices at the foot of the page, and the polite voice that tells screen readers about new messages.

import { byId, h, icon } from "./dom.js";

const shown = new Map();

/** Say something for a while. The same words within three seconds are said once. */
export function toast(text, kind = "info") {
  const said = String(text);
  if (shown.has(said)) return;
  shown.set(said, true);
  setTimeout(() => shown.delete(said), 3000);
  const note = h(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" },
    kind === "error" ? icon("warn", 16) : null,
    h("span", null, said),
    h(
      "button",
      { type: "button", class: "icon-button", aria: { label: "Dismiss" }, onclick: () => note.remove() },
      icon("close", 14),
    ),
  );
  byId("toasts").append(note);
  setTimeout(() => note.remove(), kind === "error" ? 9000 : 5000);
}

let waiting = [];
let timer = null;

/** Let a screen reader say it, together with whatever else arrives in the same moment. */
export function announce(text) {
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const many = waiting.length > 4;
    byId("announcer").textContent = many ? `${waiting.length} new messages. ${waiting.at(-1)}` : waiting.join(". ");
    waiting = [];
  }, 300);
}
