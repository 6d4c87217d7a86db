// The page's start, and where its parts meet: who I act as, where I go, and what the stream says.

import { follow, get, post, unfollow } from "./api.js";
import { keepPlace, readPlace } from "./address.js";
import {
  catchUp,
  channelDaysTurned,
  focusMessages,
  forgetChannel,
  messageArrived,
  messageChanged,
  messageGone,
  openChannel,
  openChannelId,
  openTab,
  showChannel,
  slackbot,
  startChannel,
} from "./channel.js";
import { drawHead, markTab } from "./channelhead.js";
import { clockSet, drawClock, startClock } from "./clock.js";
import { Composer } from "./composer.js";
import { dialogIsOpen } from "./dialog.js";
import { byId } from "./dom.js";
import { startDrawer } from "./drawer.js";
import { faultsChanged } from "./faults.js";
import { homePublished } from "./home.js";
import { trafficArrived } from "./inspector.js";
import { forgetViews, showViews, viewChanged, viewClosed, viewOpened } from "./modal.js";
import { wordsOf } from "./mrkdwn.js";
import { drawPerson, drawSidebar, markOpen, markUnread } from "./sidebar.js";
import { findConversation, showMembers, switchPerson } from "./switcher.js";
import {
  hideThread,
  openThreadOf,
  showThread,
  startThread,
  threadCatchUp,
  threadDaysTurned,
  threadMessageArrived,
  threadMessageChanged,
  threadMessageGone,
} from "./thread.js";
import { isPending } from "./surface.js";
import { announce, toast } from "./toast.js";
import { appOfUser, channelTitle, learn, mentionsMe, on, userName, world } from "./world.js";

let composer = null;
let wasDown = false;

async function start() {
  startChannel();
  startThread();
  startClock();
  startDrawer();
  composer = new Composer(byId("composer"), {
    id: "composer-text",
    label: () => `Message ${where()}`,
    placeholder: () => `Message ${where()}`,
    where: () => ({ channel: openChannelId() }),
    slackbot,
    upwards: focusMessages,
    drafts: new Map(),
  });
  byId("act-as").addEventListener("click", switchPerson);
  byId("find").addEventListener("click", findConversation);
  byId("curtain").addEventListener("click", () => drawSide(false));
  document.addEventListener("keydown", shortcuts);
  window.addEventListener("hashchange", () => {
    const place = readPlace();
    if (place.person && place.person !== world.me) become(place.person, place);
    else if (place.channel) go(place);
  });
  const place = readPlace();
  await become(place.person, place);
}

function where() {
  const channel = openChannel();
  return channel ? `${channel.is_im ? "" : "#"}${channelTitle(channel)}` : "";
}

/** Act as somebody: fetch the workspace through their eyes, follow their stream. */
async function become(person, place = {}) {
  unfollow();
  forgetViews();
  hideThread();
  forgetChannel();
  world.me = person ?? null;
  const state = await get("state");
  if (state.ok === false) {
    if (person && state.error !== "sandbox_unreachable") return become(undefined);
    offline(true);
    setTimeout(() => become(person, place), 2000);
    return undefined;
  }
  offline(false);
  if (!state.me) {
    const somebody = (state.users ?? []).find((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT");
    return somebody ? become(somebody.id, place) : undefined;
  }
  learn(state);
  drawSidebar();
  drawClock();
  follow(heard, connection);
  const channels = [...world.channels.values()];
  const first =
    world.channels.get(place.channel) ??
    channels
      .filter((channel) => !channel.is_im && channel.is_member && !channel.is_archived)
      .sort((one, other) => channelTitle(one).localeCompare(channelTitle(other)))[0] ??
    channels[0];
  if (first)
    await go({
      channel: first.id,
      tab: place.channel === first.id ? place.tab : undefined,
      thread: place.channel === first.id ? place.thread : undefined,
    });
  showViews(state.views);
  return undefined;
}

/** Go to a channel, or to the direct message with a person, which is opened if it does not exist. */
async function go({ channel, user, tab, thread }) {
  let id = channel;
  if (!id && user) {
    const known = [...world.channels.values()].find((one) => one.is_im && one.user === user);
    if (known) id = known.id;
    else {
      const answer = await post("open_dm", { user });
      if (answer.ok === false) {
        toast(`That conversation cannot be opened: ${answer.error}`, "error");
        return;
      }
      id = answer.channel?.id ?? answer.channel;
      await refresh();
    }
    const app = appOfUser(user);
    if (app?.home && !tab && !world.channels.get(id)?.unread) tab = "home";
  }
  if (!world.channels.has(id)) return;
  drawSide(false);
  if (openThreadOf() && openThreadOf().channel !== id) hideThread();
  const shown = showChannel(id, tab ?? "messages");
  markOpen();
  composer.retell();
  if (openTab() === "messages" && !dialogIsOpen() && !matchMedia("(pointer: coarse)").matches) composer.focus();
  keep();
  await shown;
  if (thread) openThread({ channel: id, ts: thread });
}

function openThread(asked) {
  if (asked) showThread(asked.channel, asked.ts);
  else hideThread();
  document.body.classList.toggle("with-thread", Boolean(asked));
  keep();
}

const keep = () =>
  keepPlace({ person: world.me, channel: openChannelId(), tab: openTab(), thread: openThreadOf()?.ts });

async function refresh() {
  const state = await get("state");
  if (state.ok === false) return;
  const counts = openChannelId();
  learn(state);
  const open = world.channels.get(counts);
  if (open && !document.hidden && openTab() === "messages") {
    open.unread = 0;
    open.mentions = 0;
  }
  drawSidebar();
  drawClock();
  if (open) {
    drawHead(open);
    markTab(openTab());
  }
  composer.retell();
  faultsChanged();
}

let refreshing = null;

/** Several "something changed" in one moment are one fetch. */
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, 80);
}

const HEARD = {
  message: ({ channel, message }) => arrived({ ...message, channel: message.channel ?? channel }),
  ephemeral: ({ channel, message }) => arrived({ ...message, channel: message.channel ?? channel, ephemeral: true }),
  message_changed: ({ channel, message }) => {
    const changed = { ...message, channel: message.channel ?? channel };
    if (changed.channel === openChannelId()) messageChanged(changed);
    threadMessageChanged(changed);
  },
  message_deleted: ({ channel, message, ts }) => {
    const gone = message?.ts ?? ts;
    if ((message?.channel ?? channel) === openChannelId()) messageGone(gone);
    threadMessageGone(message?.channel ?? channel, gone);
  },
  view_opened: (event) => (event.stack ? showViews(event.stack) : viewOpened(event.view)),
  view_updated: (event) => (event.stack ? showViews(event.stack) : viewChanged(event.view)),
  view_closed: (event) => (event.stack ? showViews(event.stack) : viewClosed(event.view_id ?? event.view?.id)),
  home: ({ app, view }) => homePublished(app, view),
  clock: ({ now, running }) => {
    if (running !== undefined) world.clockRuns = running;
    clockSet(now);
  },
  notice: ({ text }) => {
    const action = /^(\S+) failed: /.exec(text)?.[1];
    if (!isPending(action)) toast(text, /fail|error|timeout/.test(text) ? "error" : "info");
  },
  state: refreshSoon,
  traffic: ({ entry, ...rest }) => trafficArrived(entry ?? rest),
};

function heard(event) {
  HEARD[event.type]?.(event);
}

function arrived(message) {
  const inThread = threadMessageArrived(message);
  const here = message.channel === openChannelId();
  const shown = here && messageArrived(message);
  const channel = world.channels.get(message.channel);
  if (!channel) {
    refreshSoon();
    return;
  }
  const seen = (inThread || (shown && openTab() === "messages")) && !document.hidden;
  const mine = message.user === world.me;
  if (!mine)
    announce(
      `${here ? "" : `${channel.is_im ? "" : "#"}${channelTitle(channel)}, `}${message.username ?? userName(message.user)}: ${wordsOf(message.text).slice(0, 200)}`,
    );
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  if (seen || mine || message.ephemeral || isReply) return;
  channel.unread = (channel.unread ?? 0) + 1;
  if (mentionsMe(message.text)) channel.mentions = (channel.mentions ?? 0) + 1;
  markUnread(channel);
}

function connection(up) {
  offline(!up);
  if (!up) wasDown = true;
  else if (wasDown) {
    wasDown = false;
    refresh().then(catchUp).then(threadCatchUp);
    get("state").then((state) => state.views && showViews(state.views));
  }
}

function offline(is) {
  byId("offline").hidden = !is;
}

function drawSide(show) {
  document.body.classList.toggle("side-open", show);
  byId("open-sidebar")?.setAttribute("aria-expanded", String(show));
  if (show) byId("act-as").focus();
}

const REGIONS = ["act-as", "channel", "thread", "drawer"];

function shortcuts(event) {
  if (dialogIsOpen()) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    findConversation();
  } else if (event.key === "F6") {
    event.preventDefault();
    nextRegion(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape" && document.body.classList.contains("side-open")) drawSide(false);
}

/** F6 goes round the sidebar, the conversation, the thread and the drawer, as in Slack. */
function nextRegion(step) {
  const targets = {
    "act-as": () => byId("act-as"),
    channel: () => (openTab() === "home" ? byId("tab-home") : byId("composer-text")),
    thread: () => (openThreadOf() ? byId("thread-text") : null),
    drawer: () => (byId("drawer").hidden ? null : byId("drawer").querySelector("button")),
  };
  const holders = { "act-as": "sidebar", channel: "main", thread: "thread", drawer: "drawer" };
  const present = REGIONS.filter((name) => targets[name]());
  const at = present.findIndex((name) => byId(holders[name]).contains(document.activeElement));
  targets[present[(at + step + present.length) % present.length]]().focus();
}

on("go", go);
on("thread", openThread);
on("act-as", (person) => become(person, { channel: openChannelId() }));
on("find", findConversation);
on("members", showMembers);
on("sidebar", () => drawSide(true));
on("unread", markUnread);
on("refresh", refresh);
on("faults", () => {
  refreshSoon();
  faultsChanged();
});
on("minute", drawPerson);
on("day", () => {
  channelDaysTurned();
  threadDaysTurned();
  for (const date of document.querySelectorAll("time.date")) date.retell?.();
});

start();
