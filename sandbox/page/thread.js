// The pane beside the channel: one message and its replies, with a box to answer.

import { get } from "./api.js";
import { byId, h, icon, replace } from "./dom.js";
import { Composer } from "./composer.js";
import { keyOf } from "./message.js";
import { MessageList } from "./messages.js";
import { channelTitle, tell, world } from "./world.js";

let list = null;
let composer = null;
let open = null;
let turn = 0;
let cameFrom = null;

export const openThreadOf = () => open;

export function startThread() {
  list = new MessageList(byId("thread-messages"), { inThread: true });
  composer = new Composer(byId("thread-composer"), {
    id: "thread-text",
    label: () => "Reply in thread",
    placeholder: () => "Reply…",
    where: () => ({ channel: open.channel, thread_ts: open.ts }),
    slackbot: (text) =>
      list.put({
        ts: String(Number(list.newest?.ts ?? open.ts) + 0.000001),
        channel: open.channel,
        user: "USLACKBOT",
        username: "Slackbot",
        text,
        ephemeral: true,
        local: true,
      }),
    upwards: () => list.focusNewest(),
  });
  byId("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      tell("thread", null);
    }
  });
}

export async function showThread(channel, ts) {
  if (!open) cameFrom = document.activeElement;
  open = { channel, ts };
  const mine = (turn += 1);
  const pane = byId("thread");
  pane.hidden = false;
  replace(
    byId("thread-head"),
    h(
      "h2",
      null,
      "Thread",
      h(
        "span",
        { class: "quiet thread-where" },
        `${world.channels.get(channel)?.is_im ? "" : "#"}${channelTitle(world.channels.get(channel))}`,
      ),
    ),
    h(
      "button",
      { type: "button", class: "icon-button", aria: { label: "Close thread" }, onclick: () => tell("thread", null) },
      icon("close"),
    ),
  );
  list.await();
  composer.retell();
  composer.focus();
  const answer = await get("thread", { channel, ts });
  if (mine !== turn) return;
  list.arrive(answer.messages ?? []);
  countReplies();
  toEnd();
  composer.focus();
}

export function hideThread() {
  if (!open) return;
  turn += 1;
  const hadFocus = byId("thread").contains(document.activeElement) || document.activeElement === document.body;
  open = null;
  byId("thread").hidden = true;
  if (hadFocus) (cameFrom?.isConnected ? cameFrom : byId("composer-text"))?.focus({ preventScroll: true });
  cameFrom = null;
}

const belongs = (message) =>
  open && message.channel === open.channel && (message.ts === open.ts || message.thread_ts === open.ts);

export function threadMessageArrived(message) {
  if (!belongs(message)) return false;
  const scroller = byId("thread-scroller");
  const stuck = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  list.put(message);
  countReplies();
  if (stuck) requestAnimationFrame(toEnd);
  return true;
}

export function threadMessageChanged(message) {
  if (belongs(message)) list.change(message);
}

export function threadMessageGone(channel, ts) {
  if (!open || open.channel !== channel) return;
  if (ts === open.ts) tell("thread", null);
  else list.remove(ts);
}

export const threadDaysTurned = () => list.retellDays();

export async function threadCatchUp() {
  if (!open) return;
  const answer = await get("thread", { ...open });
  for (const message of answer.messages ?? []) list.put(message);
  countReplies();
}

function toEnd() {
  const scroller = byId("thread-scroller");
  scroller.scrollTop = scroller.scrollHeight;
}

/** The line between the message and its replies. */
function countReplies() {
  const rows = list.rows.filter((row) => !row.message.local);
  const count = rows.length - 1;
  byId("thread-messages").querySelector(".reply-line")?.remove();
  const first = rows.find((row) => keyOf(row.message) === open?.ts);
  if (!first || count < 1) return;
  first.node.after(
    h("div", { class: "reply-line", role: "separator" }, h("span", null, count === 1 ? "1 reply" : `${count} replies`)),
  );
}
