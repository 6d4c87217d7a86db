// The left column: the workspace, who I act as, its channels, direct messages and apps.

import { byId, h, icon, replace } from "./dom.js";
import { time } from "./dates.js";
import { openChannelId } from "./channel.js";
import { avatar, channelMark } from "./people.js";
import { appOfUser, channelTitle, me, nowSeconds, tell, userName, world } from "./world.js";

/** key → its node, kept over redraws: a press must not fall between an old button and its twin. */
const items = new Map();
const groups = new Map();

export function drawSidebar() {
  byId("team-name").textContent = world.team.name || "Workspace";
  drawPerson();
  const channels = [...world.channels.values()];
  const rooms = channels.filter((channel) => !channel.is_im && !channel.is_archived).sort(byName);
  const archived = channels.filter((channel) => !channel.is_im && channel.is_archived).sort(byName);
  const directs = channels
    .filter((channel) => channel.is_im && !appOfUser(channel.user) && channel.user !== world.me)
    .sort(byName);
  drawGroup("Channels", [...rooms, ...archived].map(channelItem));
  drawGroup("Direct messages", [
    ...directs.map(channelItem),
    { key: "new", mark: icon("plus", 14), name: "New message", act: () => tell("find") },
  ]);
  drawGroup("Apps", world.apps.filter((app) => app.bot_user).map(appItem));
  const present = new Set([...byId("sections").querySelectorAll("[data-key]")].map((node) => node.dataset.key));
  for (const key of items.keys()) if (!present.has(key)) items.delete(key);
  markOpen();
}

const byName = (one, other) => channelTitle(one).localeCompare(channelTitle(other));

function channelItem(channel) {
  return {
    key: channel.id,
    mark: channel.is_im ? avatar(channel.user, 20) : channelMark(channel, 16),
    name: channelTitle(channel),
    channel,
    act: () => tell("go", { channel: channel.id }),
  };
}

function appItem(app) {
  const channel = [...world.channels.values()].find((one) => one.is_im && one.user === app.bot_user);
  const act = () => {
    const unread = channel && world.channels.get(channel.id)?.unread;
    tell(
      "go",
      channel ? { channel: channel.id, tab: app.home && !unread ? "home" : "messages" } : { user: app.bot_user },
    );
  };
  return {
    key: channel?.id ?? app.id,
    mark: avatar(app.bot_user, 20),
    name: app.name || userName(app.bot_user),
    channel,
    act,
  };
}

function drawGroup(title, entries) {
  if (!groups.has(title)) {
    const list = h("ul");
    groups.set(title, list);
    byId("sections").append(h("section", { class: "side-group", aria: { label: title } }, h("h2", null, title), list));
  }
  const list = groups.get(title);
  const rows = entries.map((entry) => drawItem(entry).row);
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, index) => {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
}

function drawItem({ key, mark, name, channel, act }) {
  let entry = items.get(key);
  if (!entry) {
    entry = {
      mark: h("span", { class: "side-mark" }),
      name: h("span", { class: "side-name" }),
      badge: h("span", { class: "badge", hidden: true, aria: { hidden: true } }),
      state: h("span", { class: "sr-only" }),
    };
    entry.node = h(
      "button",
      { type: "button", class: "side-item", data: { key }, onclick: () => entry.act() },
      entry.mark,
      entry.name,
      entry.state,
      entry.badge,
    );
    entry.row = h("li", null, entry.node);
    items.set(key, entry);
  }
  entry.act = act;
  if (entry.name.textContent !== name) entry.name.textContent = name;
  replace(entry.mark, mark);
  if (channel) drawMarks(channel);
  return entry;
}

function drawMarks(channel) {
  const entry = items.get(channel.id);
  if (!entry) return;
  const pings = channel.is_im ? channel.unread : channel.mentions;
  entry.node.classList.toggle("unread", channel.unread > 0);
  entry.node.classList.toggle("faded", Boolean(channel.is_archived || (!channel.is_im && channel.is_member === false)));
  entry.badge.hidden = !pings;
  entry.badge.textContent = pings > 99 ? "99+" : String(pings || "");
  entry.state.textContent = channel.unread > 0 ? `, ${channel.unread} unread` : "";
}

/** One channel's unread marks changed. */
export const markUnread = (channel) => drawMarks(channel);

/** Show which channel is open. */
export function markOpen() {
  for (const [key, { node }] of items) {
    if (key === openChannelId()) node.setAttribute("aria-current", "page");
    else node.removeAttribute("aria-current");
  }
}

export function drawPerson() {
  const person = me();
  if (!person) return;
  const button = byId("act-as");
  const label = `Act as: ${person.name || person.handle}, ${person.title ?? ""}. Change person`;
  button.setAttribute("aria-label", label);
  replace(
    button,
    avatar(person.id, 32),
    h(
      "span",
      { class: "person-words" },
      h("span", { class: "person-name" }, person.name || person.handle),
      h(
        "span",
        { class: "person-title" },
        [person.title || `@${person.handle}`, time(nowSeconds(), person)].join(" · "),
      ),
    ),
    icon("down", 14),
  );
}
