// The small bar on the message under the mouse or the focus: reply in thread, and the menu with the apps' message shortcuts.

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { closeMenu, openMenu } from "./menu.js";
import { wordsOf } from "./mrkdwn.js";
import { toast } from "./toast.js";
import { world } from "./world.js";

export class MessageTools {
  constructor(inThread) {
    this.inThread = inThread;
    this.row = null;
    this.reply = tool("Reply in thread", "thread", {}, () => this.row.openThread());
    this.more = tool("More actions", "more", { haspopup: "menu", expanded: "false" }, () => this.openActions());
    this.node = h(
      "div",
      { class: "message-tools", role: "toolbar", aria: { label: "Message actions" } },
      this.reply,
      this.more,
    );
  }

  /** Move to this row, unless somebody is using the tools where they are. */
  offer(row) {
    if (!row || row.message.local || row.node.contains(this.node) || this.node.contains(document.activeElement)) return;
    this.row = row;
    this.reply.hidden = this.inThread || Boolean(row.message.ephemeral);
    closeMenu(false);
    row.node.append(this.node);
  }

  remove() {
    this.node.remove();
  }

  openActions() {
    const { message } = this.row;
    const shortcuts = message.ephemeral ? [] : world.shortcuts.filter((shortcut) => shortcut.type === "message");
    const appName = (id) => world.apps.find((app) => app.id === id)?.name ?? "";
    openMenu(
      this.more,
      "More actions",
      [
        ...(shortcuts.length ? [{ heading: "More message shortcuts" }] : []),
        ...shortcuts.map((shortcut) => ({
          label: shortcut.name,
          detail: appName(shortcut.app),
          act: () => runShortcut(shortcut, message),
        })),
        { heading: "Message" },
        { label: "Copy text", act: () => copy(wordsOf(message.text || "")) },
        { label: "Copy its ts", detail: message.ts, act: () => copy(message.ts) },
      ],
      { align: "end" },
    );
  }
}

function tool(label, drawing, aria, act) {
  return h(
    "button",
    { type: "button", class: "icon-button", title: label, aria: { label, ...aria }, onclick: act },
    icon(drawing),
  );
}

async function runShortcut(shortcut, message) {
  const answer = await post("shortcut", {
    callback_id: shortcut.callback_id,
    channel: message.channel,
    ts: message.ts,
  });
  if (answer.ok === false) toast(`“${shortcut.name}” did not work: ${answer.error}`, "error");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("This browser does not let the page copy", "error");
  }
}
