// The middle of the page: the channel or direct message that is open. It shows the last fifty messages, more when one
// scrolls up, and follows new ones as long as one is at the end.

import { get, post } from "./api.js";
import { appTabs, drawBeginning, drawHead, forgetHead, markTab } from "./channelhead.js";
import { byId, h, replace } from "./dom.js";
import { hideHome, showHome } from "./home.js";
import { MessageList } from "./messages.js";
import { nowSeconds, tell, world } from "./world.js";

const PAGE = 50;
const LIGHT = 400;

let list = null;
let open = null;
let tab = "messages";
let turn = 0;
let hasMore = false;
let loading = false;
let stuck = true;
let missed = 0;
let readTimer = null;

export const openChannelId = () => open;
export const openTab = () => tab;
export const openChannel = () => world.channels.get(open);

export function startChannel() {
  const scroller = byId("scroller");
  list = new MessageList(byId("messages"));
  let top = 0;
  let height = 0;
  scroller.addEventListener("scroll", () => {
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 24;
    // Only somebody who scrolls up leaves the end; content that grows or shrinks under the window does not.
    const wentUp = scroller.scrollTop < top && scroller.scrollHeight >= height;
    top = scroller.scrollTop;
    height = scroller.scrollHeight;
    if (atEnd) stick(true);
    else if (wentUp) stick(false);
    if (stuck) {
      showMissed(0);
      noteRead();
    }
    if (scroller.scrollTop < 600) loadOlder();
  });
  const settle = () => {
    if (stuck) scroller.scrollTop = scroller.scrollHeight;
  };
  const watcher = new ResizeObserver(settle);
  watcher.observe(byId("messages"));
  watcher.observe(scroller);
  byId("to-newest").addEventListener("click", () => {
    toEnd();
    byId("composer-text").focus();
  });
  document.addEventListener("visibilitychange", noteRead);
}

/** Open a channel; `wantedTab` is "home" or "messages" for the direct message of an app. */
export async function showChannel(id, wantedTab = "messages") {
  const channel = world.channels.get(id);
  if (!channel) return;
  const same = open === id;
  open = id;
  world.here = id;
  const unread = channel.unread ?? 0;
  drawHead(channel);
  setTab(appTabs(channel) ? wantedTab : "messages");
  if (same && list.rows.length) return;
  list.await();
  showMissed(0);
  await load(channel, unread);
}

async function load(channel, unread = 0) {
  const mine = (turn += 1);
  loading = true;
  byId("messages").setAttribute("aria-busy", "true");
  const answer = await get("messages", { channel: channel.id, limit: PAGE });
  if (mine !== turn) return;
  loading = false;
  byId("messages").removeAttribute("aria-busy");
  if (answer.ok === false) {
    replace(byId("beginning"), h("p", { class: "quiet" }, `These messages cannot be shown: ${answer.error}.`));
    return;
  }
  const messages = answer.messages ?? [];
  hasMore = Boolean(answer.has_more);
  const plainOnes = messages.filter((message) => !message.ephemeral);
  const others = plainOnes.filter((message) => message.user !== world.me);
  const newFrom = unread > 0 ? others.at(-Math.min(unread, others.length))?.ts : null;
  stick(true);
  list.arrive(messages, { newFrom });
  drawBeginning(channel, hasMore);
  toEnd();
  noteRead();
}

async function loadOlder() {
  if (loading || !hasMore || !list.oldest) return;
  loading = true;
  const mine = turn;
  const scroller = byId("scroller");
  const answer = await get("messages", { channel: open, before: list.oldest.ts, limit: PAGE });
  if (mine !== turn) return;
  loading = false;
  hasMore = Boolean(answer.has_more);
  const fromEnd = scroller.scrollHeight - scroller.scrollTop;
  scroller.classList.add("filling");
  list.prepend(answer.messages ?? []);
  drawBeginning(world.channels.get(open), hasMore);
  scroller.scrollTop = scroller.scrollHeight - fromEnd;
  requestAnimationFrame(() => scroller.classList.remove("filling"));
}

/** After a broken connection: fetch what came meanwhile. */
export async function catchUp() {
  const channel = openChannel();
  if (!channel) return;
  if (!stuck) {
    const answer = await get("messages", { channel: open, limit: PAGE });
    for (const message of answer.messages ?? []) if (message.channel === open || !message.channel) list.put(message);
    return;
  }
  list.await();
  await load(channel);
}

/** A message came for the open channel. */
export function messageArrived(message) {
  if (message.ephemeral ? message.thread_ts : isReply(message)) return false;
  const isNew = list.put(message);
  if (!isNew) return true;
  if (message.user === world.me) stick(true);
  if (stuck) {
    if (list.dropOldest(LIGHT)) hasMore = true;
    requestAnimationFrame(toEndIfStuck);
    noteRead();
  } else showMissed(missed + 1);
  return true;
}

const isReply = (message) =>
  message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";

export function messageChanged(message) {
  if (!isReply(message)) list.change(message);
}

export const channelDaysTurned = () => list.retellDays();

export const messageGone = (ts) => list.remove(ts);

/** Words of Slackbot that only this person sees and nobody keeps. */
export function slackbot(text) {
  list.put({
    ts: `${nowSeconds().toFixed(6)}`,
    channel: open,
    user: "USLACKBOT",
    username: "Slackbot",
    text,
    ephemeral: true,
    local: true,
  });
  stick(true);
  requestAnimationFrame(toEndIfStuck);
}

/** At the end one stays at the end; elsewhere the browser holds what one reads in its place. */
function stick(is) {
  stuck = is;
  byId("scroller").classList.toggle("stuck", is);
}

function toEndIfStuck() {
  if (stuck) toEnd();
}

function toEnd() {
  const scroller = byId("scroller");
  stick(true);
  scroller.scrollTop = scroller.scrollHeight;
}

function showMissed(count) {
  missed = count;
  const button = byId("to-newest");
  button.hidden = count === 0;
  button.querySelector("span").textContent = count === 1 ? "1 new message" : `${count} new messages`;
}

/** Tell the sandbox how far this person has read, once the page is seen and at its end. */
export function noteRead() {
  const channel = openChannel();
  if (!channel || document.hidden || !stuck || tab !== "messages") return;
  const newest = list.newest;
  if (channel.unread || channel.mentions) {
    channel.unread = 0;
    channel.mentions = 0;
    tell("unread", channel);
  }
  clearTimeout(readTimer);
  if (newest) readTimer = setTimeout(() => post("read", { channel: channel.id, ts: newest.ts }), 250);
}

export function focusMessages() {
  list.focusNewest();
}

export function forgetChannel() {
  turn += 1;
  open = null;
  forgetHead();
  list.reset([]);
}

function setTab(wanted) {
  tab = wanted;
  markTab(tab);
  const channel = openChannel();
  byId("conversation").hidden = tab === "home";
  if (tab === "home") showHome(appTabs(channel));
  else {
    hideHome();
    toEndIfStuck();
    noteRead();
  }
}
