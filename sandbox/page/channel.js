// The middle of the page: the channel or direct message that is open. It shows the last fifty messages, more when one
// scrolls up, and follows new ones as long as one is at the end.

import { get, post } from "./api.js";
import { byId, h, icon, replace } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { hideHome, showHome } from "./home.js";
import { MessageList } from "./messages.js";
import { avatar, channelMark, appBadge } from "./people.js";
import { appOfUser, channelTitle, nowSeconds, tell, userName, world } from "./world.js";
import { toast } from "./toast.js";

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
  drawBeginning(channel);
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
  drawBeginning(world.channels.get(open));
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

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";

export function messageChanged(message) {
  if (!isReply(message)) list.change(message);
}

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
  headDrawn = "";
  list.reset([]);
}

const appTabs = (channel) => {
  const app = channel.is_im ? appOfUser(channel.user) : null;
  return app?.home ? app : null;
};

let headDrawn = "";

export function drawHead(channel = openChannel()) {
  if (!channel) return;
  const { unread, mentions, ...particulars } = channel;
  const wanted = JSON.stringify([particulars, world.users.get(channel.user), world.team.name, appTabs(channel)]);
  if (wanted === headDrawn) return;
  headDrawn = wanted;
  const title = channelTitle(channel);
  const head = byId("channel-head");
  const name = h("h1", { id: "channel-name" }, channel.is_im ? avatar(channel.user, 24) : channelMark(channel, 18), h("span", null, title));
  if (channel.is_im && appOfUser(channel.user)) name.append(appBadge());
  const person = channel.is_im ? world.users.get(channel.user) : null;
  const topic = channel.is_im ? (person?.title ?? "") : (channel.topic ?? "");
  const members = channel.is_im
    ? null
    : h(
        "button",
        { type: "button", class: "members", aria: { label: `${channel.members?.length ?? 0} members` }, onclick: () => tell("members", channel) },
        h("span", { class: "member-faces" }, (channel.members ?? []).slice(0, 3).map((id) => avatar(id, 20))),
        String(channel.members?.length ?? 0),
      );
  replace(
    head,
    h("button", { type: "button", class: "icon-button only-narrow", id: "open-sidebar", aria: { label: "Channels and people" }, onclick: () => tell("sidebar") }, icon("menu")),
    name,
    topic ? h("span", { class: "topic", title: topic }, plain(topic)) : h("span", { class: "topic" }),
    channel.is_archived ? h("span", { class: "archived" }, "Archived") : null,
    members,
  );
  document.title = `${channel.is_im ? "" : "#"}${title} · ${world.team.name} sandbox`;
  const app = appTabs(channel);
  const tabs = byId("tabs");
  tabs.hidden = !app;
  if (app) {
    replace(
      tabs,
      ["home", "messages"].map((one) =>
        h(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${one}`,
            class: "tab",
            tabindex: tab === one ? "0" : "-1",
            aria: { selected: String(tab === one), controls: one === "home" ? "home" : "conversation" },
            onclick: () => tell("go", { channel: channel.id, tab: one }),
            onkeydown: (event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              event.preventDefault();
              tell("go", { channel: channel.id, tab: one === "home" ? "messages" : "home" });
              byId(`tab-${one === "home" ? "messages" : "home"}`)?.focus();
            },
          },
          one === "home" ? "Home" : "Messages",
        ),
      ),
    );
  }
  drawFooter(channel);
}

function setTab(wanted) {
  tab = wanted;
  for (const button of byId("tabs").children) {
    const chosen = button.id === `tab-${tab}`;
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
  }
  const channel = openChannel();
  byId("conversation").hidden = tab === "home";
  if (tab === "home") showHome(appTabs(channel));
  else {
    hideHome();
    toEndIfStuck();
    noteRead();
  }
}

/** Where the message box is, unless one may not write here. */
function drawFooter(channel) {
  const gate = byId("gate");
  const blocked = channel.is_archived || (!channel.is_im && channel.is_member === false);
  byId("composer").hidden = blocked;
  gate.hidden = !blocked;
  if (!blocked) return;
  replace(
    gate,
    channel.is_archived
      ? h("p", null, "This channel is archived. Nobody can write here any more.")
      : [
          h("p", null, "You are looking at ", h("strong", null, `#${channel.name}`), "."),
          h("button", { type: "button", class: "button button-primary", onclick: () => join(channel) }, "Join channel"),
        ],
  );
}

async function join(channel) {
  const answer = await post("admin", { do: "join_channel", user: world.me, channel: channel.id });
  if (answer.ok === false) toast(`You could not join: ${answer.error}`, "error");
  else tell("refresh");
}

function drawBeginning(channel) {
  const beginning = byId("beginning");
  if (hasMore || !channel) {
    replace(beginning, hasMore ? h("p", { class: "quiet loading-older" }, "Loading older messages…") : null);
    return;
  }
  const title = channelTitle(channel);
  const person = channel.is_im ? world.users.get(channel.user) : null;
  replace(
    beginning,
    channel.is_im ? avatar(channel.user, 64) : h("span", { class: "beginning-mark" }, channelMark(channel, 30)),
    h("h2", null, title),
    h(
      "p",
      { class: "quiet" },
      channel.is_im
        ? channel.user === world.me
          ? "This is your own space. Nobody else sees it."
          : `This conversation is between you and ${userName(channel.user)}${person?.title ? `, ${person.title}` : ""}.`
        : `This is the very beginning of ${channel.is_private ? "the private channel" : "the channel"} ${title}.`,
    ),
  );
}
