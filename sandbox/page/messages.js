// A list of messages, in a channel or in a thread: drawn once, then changed one message at a time.

import { dayHeading, dayOf } from "./dates.js";
import { h } from "./dom.js";
import { MessageRow, keyOf, senderOf } from "./message.js";
import { MessageTools } from "./messagetools.js";

const GROUPED_SECONDS = 300;

export class MessageList {
  /** `inThread` lists show no reply counts and offer no further threads. */
  constructor(holder, { inThread = false } = {}) {
    this.holder = holder;
    this.inThread = inThread;
    this.rows = [];
    this.tools = new MessageTools(inThread);
    holder.addEventListener("pointerover", (event) => this.tools.offer(this.rowOf(event.target)));
    holder.addEventListener("focusin", (event) => this.arriveAt(this.rowOf(event.target)));
    holder.addEventListener("keydown", (event) => this.walk(event));
  }

  get newest() {
    return this.rows.findLast((row) => !row.message.local)?.message;
  }

  get oldest() {
    return this.rows.find((row) => !row.message.local && !row.message.ephemeral)?.message;
  }

  /** Empty the list while its messages are being fetched. What the stream tells meanwhile is newer than what will come. */
  await() {
    this.reset([]);
    this.waiting = true;
    this.goneMeanwhile = new Set();
  }

  /** The messages that were waited for, oldest first; what came meanwhile stands over them. */
  arrive(messages, particulars) {
    const newer = this.rows.map((row) => row.message);
    const gone = this.goneMeanwhile ?? new Set();
    this.reset(
      messages.filter((message) => !gone.has(message.ts)),
      particulars,
    );
    for (const message of newer) this.put(message);
  }

  /** Start again with these messages, oldest first. `newFrom` is the ts of the first unread one. */
  reset(messages, { newFrom = null } = {}) {
    this.waiting = false;
    this.tools.remove();
    this.rows = [];
    this.newFrom = newFrom;
    this.holder.replaceChildren();
    this.append(messages);
  }

  append(messages) {
    const fragment = document.createDocumentFragment();
    for (const message of messages) {
      const row = this.makeRow(message);
      this.rows.push(row);
      fragment.append(row.node);
    }
    this.holder.append(fragment);
    this.arrange(this.rows.length - messages.length, this.rows.length);
    this.chooseStop();
  }

  prepend(messages) {
    const known = new Set(this.rows.map((row) => row.key));
    const rows = messages.filter((message) => !known.has(keyOf(message))).map((message) => this.makeRow(message));
    const fragment = document.createDocumentFragment();
    for (const row of rows) fragment.append(row.node);
    this.holder.prepend(fragment);
    this.rows = [...rows, ...this.rows];
    this.arrange(0, rows.length + 1);
  }

  /** Add a message in its place, or bring a known one up to date. Returns true if it is new here. */
  put(message) {
    const key = keyOf(message);
    const known = this.rows.find((row) => row.key === key);
    if (known) {
      known.show(message);
      return false;
    }
    const row = this.makeRow(message);
    let index = this.rows.length;
    while (index > 0 && Number(this.rows[index - 1].message.ts) > Number(message.ts)) index -= 1;
    this.holder.insertBefore(row.node, this.rows[index]?.front ?? null);
    this.rows.splice(index, 0, row);
    this.arrange(index, index + 2);
    this.chooseStop();
    return true;
  }

  change(message) {
    const row = this.rows.find((one) => one.key === keyOf(message));
    if (!row && this.waiting) this.put(message);
    if (!row) return;
    row.show(message);
  }

  remove(ts) {
    if (this.waiting) this.goneMeanwhile.add(ts);
    const index = this.rows.findIndex((row) => row.message.ts === ts);
    if (index < 0) return;
    const [row] = this.rows.splice(index, 1);
    if (row === this.tools.row) this.tools.remove();
    row.before?.remove();
    row.node.remove();
    this.arrange(index, index + 1);
  }

  /** Keep the page light in a long stream: drop rows from the top. Returns how many went. */
  dropOldest(keep) {
    const gone = this.rows.splice(0, Math.max(0, this.rows.length - keep));
    for (const row of gone) {
      row.before?.remove();
      row.node.remove();
    }
    if (gone.length) this.arrange(0, 1);
    return gone.length;
  }

  makeRow(message) {
    return new MessageRow(message, this.inThread);
  }

  rowOf(target) {
    const node = target.closest(".message");
    return node ? this.rows.find((row) => row.node === node) : undefined;
  }

  /** Headings of days, the "New" line, and which messages stand under the one before without name and face. */
  arrange(from, to) {
    for (let index = Math.max(0, from); index < Math.min(to, this.rows.length); index += 1) {
      const row = this.rows[index];
      const above = this.rows[index - 1];
      const at = Number(row.message.ts);
      const newDay = above ? dayOf(Number(above.message.ts)) !== dayOf(at) : !this.inThread;
      const isNew = row.message.ts === this.newFrom;
      row.before?.remove();
      row.before = newDay || isNew ? this.line(newDay ? dayHeading(at) : null, isNew) : null;
      if (row.before) row.node.before(row.before);
      const compact =
        index > (this.inThread ? 1 : 0) &&
        !row.before &&
        senderOf(above.message) === senderOf(row.message) &&
        !row.message.username &&
        Boolean(above.message.ephemeral) === Boolean(row.message.ephemeral) &&
        !row.message.subtype &&
        !above.message.subtype &&
        at - Number(above.message.ts) < GROUPED_SECONDS;
      row.node.classList.toggle("compact", compact);
    }
  }

  /** Another day has begun: what was today is yesterday. */
  retellDays() {
    this.arrange(0, this.rows.length);
  }

  /** The rule lies between the messages; the day's name stays in sight while its messages pass under it. */
  line(day, isNew) {
    const label = [day, isNew ? "New messages" : null].filter(Boolean).join(", ");
    return h(
      "div",
      { class: `day-line${isNew ? " new-line" : ""}`, role: "separator", aria: { label } },
      h("div", { class: "day-rule" }, isNew ? h("span", { class: "new-word" }, "New") : null),
      day ? h("div", { class: "day-holder" }, h("span", { class: "day-pill" }, day)) : null,
    );
  }

  /** One stop for Tab in the list: the message last visited, else the newest. Arrows walk from there. */
  chooseStop() {
    if (this.stop?.isConnected) return;
    this.setStop(this.rows.at(-1)?.node);
  }

  setStop(node) {
    if (this.stop && this.stop !== node) this.stop.tabIndex = -1;
    this.stop = node ?? null;
    if (node) node.tabIndex = 0;
  }

  arriveAt(row) {
    if (!row) return;
    this.setStop(row.node);
    this.tools.offer(row);
  }

  focusNewest() {
    this.rows.at(-1)?.node.focus();
  }

  walk(event) {
    if (!event.target.classList.contains("message")) return;
    const index = this.rows.findIndex((row) => row.node === event.target);
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: this.rows.length - 1 }[event.key];
    if (to === undefined) {
      if (event.key === "Enter" || event.key === "t") {
        const row = this.rows[index];
        if (this.inThread || row.message.ephemeral) return;
        event.preventDefault();
        row.openThread();
      }
      return;
    }
    event.preventDefault();
    const target = this.rows[to]?.node;
    if (target) {
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "nearest" });
    }
  }
}
