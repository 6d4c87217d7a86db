// A list of messages, in a channel or in a thread: drawn once, then changed one message at a time.

import { drawBlocks } from "./blocks.js";
import { ago, dayHeading, dayOf, full, time } from "./dates.js";
import { h, icon } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { closeMenu, openMenu } from "./menu.js";
import { mrkdwn, wordsOf } from "./mrkdwn.js";
import { appBadge, avatar, isApp } from "./people.js";
import { Surface } from "./surface.js";
import { post } from "./api.js";
import { toast } from "./toast.js";
import { tell, userName, world } from "./world.js";

const GROUPED_SECONDS = 300;

const senderOf = (message) => message.user ?? message.bot_id ?? message.username ?? "";
const nameOf = (message) => message.username || userName(message.user ?? message.bot_id);

export class MessageList {
  /** `inThread` lists show no reply counts and offer no further threads. */
  constructor(holder, { inThread = false } = {}) {
    this.holder = holder;
    this.inThread = inThread;
    this.rows = [];
    this.surfaces = new Map();
    this.toolbar = this.makeToolbar();
    holder.addEventListener("pointerover", (event) => this.offerTools(event.target.closest(".message")));
    holder.addEventListener("focusin", (event) => this.arriveAt(event.target.closest(".message")));
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
    this.reset(messages.filter((message) => !gone.has(message.ts)), particulars);
    for (const message of newer) this.put(message);
  }

  /** Start again with these messages, oldest first. `newFrom` is the ts of the first unread one. */
  reset(messages, { newFrom = null } = {}) {
    this.waiting = false;
    this.toolbar.remove();
    this.rows = [];
    this.surfaces.clear();
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
      known.message = message;
      this.fill(known);
      return false;
    }
    const row = this.makeRow(message);
    let index = this.rows.length;
    while (index > 0 && Number(this.rows[index - 1].message.ts) > Number(message.ts)) index -= 1;
    this.holder.insertBefore(row.node, this.rows[index] ? this.frontOf(this.rows[index]) : null);
    this.rows.splice(index, 0, row);
    this.arrange(index, index + 2);
    this.chooseStop();
    return true;
  }

  change(message) {
    const row = this.rows.find((one) => one.key === keyOf(message));
    if (!row && this.waiting) this.put(message);
    if (!row) return;
    row.message = message;
    this.fill(row);
  }

  remove(ts) {
    if (this.waiting) this.goneMeanwhile.add(ts);
    const index = this.rows.findIndex((row) => row.message.ts === ts);
    if (index < 0) return;
    const [row] = this.rows.splice(index, 1);
    if (row.node.contains(this.toolbar)) this.toolbar.remove();
    row.before?.remove();
    row.node.remove();
    this.surfaces.delete(row.key);
    this.arrange(index, index + 1);
  }

  /** Keep the page light in a long stream: drop rows from the top. Returns how many went. */
  dropOldest(keep) {
    const gone = this.rows.splice(0, Math.max(0, this.rows.length - keep));
    for (const row of gone) {
      row.before?.remove();
      row.node.remove();
      this.surfaces.delete(row.key);
    }
    if (gone.length) this.arrange(0, 1);
    return gone.length;
  }

  frontOf(row) {
    return row.before ?? row.node;
  }

  makeRow(message) {
    const row = { key: keyOf(message), message, node: null, before: null };
    row.node = h("article", { class: "message", tabindex: "-1", data: { ts: message.ts } });
    this.fill(row);
    return row;
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

  line(day, isNew) {
    return h(
      "div",
      { class: `day-line${isNew ? " new-line" : ""}`, role: "separator", aria: { label: [day, isNew ? "New messages" : null].filter(Boolean).join(", ") } },
      day ? h("span", { class: "day-pill" }, day) : null,
      isNew ? h("span", { class: "new-word" }, "New") : null,
    );
  }

  fill(row) {
    const { message, node } = row;
    const at = Number(message.ts);
    const hadTools = node.contains(this.toolbar);
    node.setAttribute("aria-label", `${nameOf(message)}, ${time(at)}${message.ephemeral ? ", only visible to you" : ""}`);
    node.classList.toggle("ephemeral", Boolean(message.ephemeral));
    node.classList.toggle("quiet-message", Boolean(message.subtype && /join|leave|topic|archive/.test(message.subtype)));
    node.classList.toggle("pinged", !message.ephemeral && this.pings(message));
    if (!row.parts) {
      row.parts = { body: h("div", { class: "message-body" }), foot: h("div", { class: "message-foot" }) };
      node.append(
        message.ephemeral ? h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you") : "",
        h("div", { class: "gutter" }, avatar(message.user ?? senderOf(message)), h("time", { class: "gutter-time", title: full(at) }, time(at).replace(/\s?[AP]M/i, ""))),
        h(
          "div",
          { class: "message-main" },
          h(
            "div",
            { class: "message-head" },
            h("span", { class: "sender" }, nameOf(message)),
            isApp(message.user) || message.bot_id || message.local ? appBadge() : null,
            h("time", { class: "message-time", title: full(at) }, time(at)),
          ),
          row.parts.body,
          row.parts.foot,
        ),
      );
    }
    this.drawBody(row);
    row.parts.foot.replaceChildren(...this.footOf(message));
    if (hadTools && !node.contains(this.toolbar)) node.append(this.toolbar);
  }

  pings(message) {
    return Boolean(message.text?.includes(`<@${world.me}`)) && message.user !== world.me;
  }

  drawBody(row) {
    const { message, parts } = row;
    if (message.deleted) {
      parts.body.replaceChildren(h("span", { class: "quiet" }, "This message was deleted."));
      row.drawnAs = null;
      return;
    }
    const kind = message.blocks?.length ? "blocks" : "text";
    if (row.drawnAs !== kind) parts.body.replaceChildren();
    row.drawnAs = kind;
    if (kind === "blocks") {
      let holder = parts.body.querySelector(":scope > .blocks");
      if (!holder) {
        holder = h("div", { class: "blocks" });
        parts.body.replaceChildren(holder);
      }
      drawBlocks(holder, message.blocks, this.surfaceOf(row));
      parts.body.querySelectorAll(":scope > :not(.blocks)").forEach((node) => node.remove());
      parts.body.append(...this.extras(row));
    } else {
      const said = message.text ? h("div", { class: `text${onlyEmoji(message.text) ? " only-emoji" : ""}` }, mrkdwn(message.text), edited(message)) : "";
      parts.body.replaceChildren(said, ...this.extras(row));
    }
  }

  extras(row) {
    const { message } = row;
    const nodes = [];
    if (message.blocks?.length && message.edited && !isApp(message.user)) nodes.push(h("div", null, edited(message)));
    for (const attachment of message.attachments ?? []) nodes.push(this.attachment(attachment, row));
    for (const file of message.files ?? []) {
      nodes.push(h("div", { class: "block-file" }, icon("file", 18), h("span", null, file.title || file.name || file.id)));
    }
    return nodes;
  }

  attachment(attachment, row) {
    const colour = /^#?[0-9a-f]{6}$/i.test(attachment.color ?? "") ? `#${attachment.color.replace("#", "")}` : null;
    const named = { good: "var(--green)", warning: "var(--yellow)", danger: "var(--red)" }[attachment.color];
    const inside = h("div", { class: "attachment-body" });
    if (attachment.blocks?.length) drawBlocks(inside, attachment.blocks, this.surfaceOf(row));
    else {
      inside.append(
        attachment.title ? h("strong", null, mrkdwn(attachment.title)) : "",
        h("div", null, mrkdwn(attachment.text ?? attachment.fallback ?? "")),
      );
    }
    return h("div", { class: "attachment", style: colour || named ? { "--attachment": colour ?? named } : {} }, attachment.pretext ? h("div", null, mrkdwn(attachment.pretext)) : null, inside);
  }

  surfaceOf(row) {
    if (!this.surfaces.has(row.key)) {
      this.surfaces.set(
        row.key,
        new Surface("message", () => ({
          type: "message",
          channel: row.message.channel,
          ts: row.message.ts,
          ...(row.message.ephemeral ? { ephemeral: true } : {}),
        })),
      );
    }
    return this.surfaces.get(row.key);
  }

  footOf(message) {
    const nodes = [];
    if (message.reactions?.length) {
      nodes.push(
        h(
          "div",
          { class: "reactions" },
          message.reactions.map((one) =>
            h("span", { class: "reaction", title: (one.users ?? []).map(userName).join(", ") }, EMOJI.get(one.name) ?? `:${one.name}:`, " ", String(one.count ?? one.users?.length ?? 1)),
          ),
        ),
      );
    }
    if (this.inThread || !message.reply_count) {
      if (message.thread_ts && message.thread_ts !== message.ts && !this.inThread) {
        nodes.push(h("button", { type: "button", class: "link-button", onclick: () => this.openThread(message) }, "View the thread"));
      }
      return nodes;
    }
    const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    nodes.push(
      h(
        "button",
        { type: "button", class: "replies", onclick: () => this.openThread(message) },
        h("span", { class: "reply-faces" }, (message.reply_users ?? []).slice(0, 5).map((user) => avatar(user, 24))),
        h("span", { class: "reply-count" }, count),
        message.latest_reply ? h("span", { class: "quiet reply-ago" }, `Last reply ${ago(Number(message.latest_reply), "en")}`) : null,
        h("span", { class: "quiet reply-view" }, "View thread"),
      ),
    );
    return nodes;
  }

  openThread(message) {
    tell("thread", { channel: message.channel, ts: message.thread_ts ?? message.ts });
  }

  makeToolbar() {
    const more = h("button", {
      type: "button",
      class: "icon-button",
      title: "More actions",
      aria: { label: "More actions", haspopup: "menu", expanded: "false" },
      onclick: () => this.openActions(more),
    }, icon("more"));
    const reply = h("button", {
      type: "button",
      class: "icon-button",
      title: "Reply in thread",
      aria: { label: "Reply in thread" },
      onclick: () => this.openThread(this.tooled.message),
    }, icon("thread"));
    this.replyTool = reply;
    return h("div", { class: "message-tools", role: "toolbar", aria: { label: "Message actions" } }, reply, more);
  }

  offerTools(node) {
    if (!node || node.contains(this.toolbar)) return;
    const row = this.rows.find((one) => one.node === node);
    if (!row || row.message.local) return;
    if (this.toolbar.contains(document.activeElement)) return;
    this.tooled = row;
    this.replyTool.hidden = this.inThread || Boolean(row.message.ephemeral);
    closeMenu(false);
    node.append(this.toolbar);
  }

  openActions(anchor) {
    const { message } = this.tooled;
    const shortcuts = message.ephemeral ? [] : world.shortcuts.filter((shortcut) => shortcut.type === "message");
    const appName = (id) => world.apps.find((app) => app.id === id)?.name ?? "";
    openMenu(
      anchor,
      "More actions",
      [
        ...(shortcuts.length ? [{ heading: "More message shortcuts" }] : []),
        ...shortcuts.map((shortcut) => ({
          label: shortcut.name,
          detail: appName(shortcut.app),
          act: () => this.runShortcut(shortcut, message),
        })),
        { heading: "Message" },
        { label: "Copy text", act: () => this.copy(wordsOf(message.text || "")) },
        { label: "Copy its ts", detail: message.ts, act: () => this.copy(message.ts) },
      ],
      { align: "end" },
    );
  }

  async runShortcut(shortcut, message) {
    const answer = await post("shortcut", { callback_id: shortcut.callback_id, channel: message.channel, ts: message.ts });
    if (answer.ok === false) toast(`“${shortcut.name}” did not work: ${answer.error}`, "error");
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied");
    } catch {
      toast("This browser does not let the page copy", "error");
    }
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

  arriveAt(node) {
    if (!node) return;
    this.setStop(node);
    this.offerTools(node);
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
        const { message } = this.rows[index];
        if (this.inThread || message.ephemeral) return;
        event.preventDefault();
        this.openThread(message);
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

export const keyOf = (message) => `${message.ts}${message.ephemeral ? "e" : ""}`;

const edited = (message) => (message.edited ? h("span", { class: "edited" }, " (edited)") : null);

const onlyEmoji = (text) => /^(\s*:[a-z0-9_+-]+:\s*){1,10}$/.test(text) || /^(\s*\p{Extended_Pictographic}\uFE0F?\s*){1,10}$/u.test(text);
