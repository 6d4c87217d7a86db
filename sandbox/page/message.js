// One message: who said it, when, what, and what hangs below it. Changed in place when it is edited.

import { drawBlocks } from "./blocks.js";
import { ago, full, time } from "./dates.js";
import { h, icon } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { appBadge, avatar, isApp } from "./people.js";
import { Surface } from "./surface.js";
import { tell, userName, world } from "./world.js";

export const keyOf = (message) => `${message.ts}${message.ephemeral ? "e" : ""}`;
export const senderOf = (message) => message.user ?? message.bot_id ?? message.username ?? "";
const nameOf = (message) => message.username || userName(message.user ?? message.bot_id);

export class MessageRow {
  constructor(message, inThread) {
    this.key = keyOf(message);
    this.inThread = inThread;
    this.message = message;
    this.before = null;
    this.surface = null;
    this.node = h("article", { class: "message", tabindex: "-1", data: { ts: message.ts } });
    this.body = h("div", { class: "message-body" });
    this.foot = h("div", { class: "message-foot" });
    this.frame();
    this.show(message);
  }

  /** The heading of a day above it goes along with it. */
  get front() {
    return this.before ?? this.node;
  }

  /** What never changes: the face, the name, the time. */
  frame() {
    const { message } = this;
    const at = Number(message.ts);
    const clock = time(at);
    this.node.append(
      message.ephemeral ? h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you") : "",
      h(
        "div",
        { class: "gutter" },
        avatar(senderOf(message)),
        h("time", { class: "gutter-time", title: full(at) }, clock.replace(/\s?[AP]M/i, "")),
      ),
      h(
        "div",
        { class: "message-main" },
        h(
          "div",
          { class: "message-head" },
          h("span", { class: "sender" }, nameOf(message)),
          isApp(message.user) || message.bot_id ? appBadge() : null,
          h("time", { class: "message-time", title: full(at) }, clock),
        ),
        this.body,
        this.foot,
      ),
    );
    this.node.setAttribute(
      "aria-label",
      `${nameOf(message)}, ${clock}${message.ephemeral ? ", only visible to you" : ""}`,
    );
    this.node.classList.toggle("ephemeral", Boolean(message.ephemeral));
    this.node.classList.toggle("quiet-message", /join|leave|topic|archive/.test(message.subtype ?? ""));
  }

  /** Show this state of the message. */
  show(message) {
    this.message = message;
    this.node.classList.toggle("pinged", this.pings);
    if (message.deleted) this.showGone();
    else if (message.blocks?.length) this.showBlocks();
    else this.showText();
    this.foot.replaceChildren(...this.reactions(), ...this.replies());
  }

  get pings() {
    const { text, user, ephemeral } = this.message;
    return !ephemeral && user !== world.me && Boolean(text?.includes(`<@${world.me}`));
  }

  showGone() {
    this.body.replaceChildren(h("span", { class: "quiet" }, "This message was deleted."));
  }

  showText() {
    const { text } = this.message;
    const size = onlyEmoji(text) ? "text only-emoji" : "text";
    this.body.replaceChildren(
      text ? h("div", { class: size }, mrkdwn(text), edited(this.message)) : "",
      ...this.hangings(),
    );
  }

  /** The blocks keep their holder, so that those that did not change keep their nodes. */
  showBlocks() {
    let holder = this.body.querySelector(":scope > .blocks");
    if (!holder) holder = h("div", { class: "blocks" });
    if (holder.parentNode !== this.body) this.body.replaceChildren(holder);
    drawBlocks(holder, this.message.blocks, this.ownSurface());
    this.body.querySelectorAll(":scope > :not(.blocks)").forEach((node) => node.remove());
    if (this.message.edited && !isApp(this.message.user)) this.body.append(h("div", null, edited(this.message)));
    this.body.append(...this.hangings());
  }

  ownSurface() {
    this.surface ??= new Surface("message", () => ({
      type: "message",
      channel: this.message.channel,
      ts: this.message.ts,
      ...(this.message.ephemeral ? { ephemeral: true } : {}),
    }));
    return this.surface;
  }

  hangings() {
    return [
      ...(this.message.attachments ?? []).map((attachment) => this.attachment(attachment)),
      ...(this.message.files ?? []).map((file) =>
        h("div", { class: "block-file" }, icon("file", 18), h("span", null, file.title || file.name || file.id)),
      ),
    ];
  }

  attachment(attachment) {
    const named = { good: "var(--green)", warning: "var(--yellow)", danger: "var(--red)" }[attachment.color];
    const given = /^#?[0-9a-f]{6}$/i.test(attachment.color ?? "") ? `#${attachment.color.replace("#", "")}` : null;
    const inside = h("div", { class: "attachment-body" });
    if (attachment.blocks?.length) drawBlocks(inside, attachment.blocks, this.ownSurface());
    else {
      inside.append(
        attachment.title ? h("strong", null, mrkdwn(attachment.title)) : "",
        h("div", null, mrkdwn(attachment.text ?? attachment.fallback ?? "")),
      );
    }
    const style = given || named ? { "--attachment": given ?? named } : {};
    return h(
      "div",
      { class: "attachment", style },
      attachment.pretext ? h("div", null, mrkdwn(attachment.pretext)) : null,
      inside,
    );
  }

  reactions() {
    const { reactions } = this.message;
    if (!reactions?.length) return [];
    const one = ({ name, users, count }) =>
      h(
        "span",
        { class: "reaction", title: (users ?? []).map(userName).join(", ") },
        EMOJI.get(name) ?? `:${name}:`,
        ` ${count ?? users?.length ?? 1}`,
      );
    return [h("div", { class: "reactions" }, reactions.map(one))];
  }

  replies() {
    const { message } = this;
    if (this.inThread) return [];
    if (message.thread_ts && message.thread_ts !== message.ts) {
      return [
        h("button", { type: "button", class: "link-button", onclick: () => this.openThread() }, "View the thread"),
      ];
    }
    if (!message.reply_count) return [];
    const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    const last = message.latest_reply ? `Last reply ${ago(Number(message.latest_reply), "en")}` : "";
    return [
      h(
        "button",
        { type: "button", class: "replies", onclick: () => this.openThread() },
        h(
          "span",
          { class: "reply-faces" },
          (message.reply_users ?? []).slice(0, 5).map((user) => avatar(user, 24)),
        ),
        h("span", { class: "reply-count" }, count),
        h("span", { class: "quiet reply-ago" }, last),
        h("span", { class: "quiet reply-view" }, "View thread"),
      ),
    ];
  }

  openThread() {
    tell("thread", { channel: this.message.channel, ts: this.message.thread_ts ?? this.message.ts });
  }
}

const edited = (message) => (message.edited ? h("span", { class: "edited" }, " (edited)") : null);

const onlyEmoji = (text) =>
  /^(\s*:[a-z0-9_+-]+:\s*){1,10}$/.test(text ?? "") ||
  /^(\s*\p{Extended_Pictographic}\uFE0F?\s*){1,10}$/u.test(text ?? "");
