// The left column: the workspace, who I act as, its channels, direct messages and apps.

import { byId, h, icon, replace } from "./dom.js";
import { time } from "./dates.js";
import { openChannelId } from "./channel.js";
import { avatar, channelMark } from "./people.js";
import { appOfUser, channelTitle, me, nowSeconds, tell, userName, world } from "./world.js";

const items = new Map();

export function drawSidebar() {
  byId("team-name").textContent = world.team.name || "Workspace";
  drawPerson();
  const channels = [...world.channels.values()];
  const rooms = channels.filter((channel) => !channel.is_im && !channel.is_archived).sort(byName);
  const archived = channels.filter((channel) => !channel.is_im && channel.is_archived).sort(byName);
  const directs = channels.filter((channel) => channel.is_im && !appOfUser(channel.user) && channel.user !== world.me).sort(byName);
  items.clear();
  const focused = byId("sections").contains(document.activeElement) ? document.activeElement.dataset.key : null;
  replace(
    byId("sections"),
    group("Channels", [...rooms, ...archived].map(channelItem)),
    group("Direct messages", [...directs.map(channelItem), adder("New message", () => tell("find"))]),
    group("Apps", world.apps.filter((app) => app.bot_user).map(appItem)),
  );
  if (focused) byId("sections").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  markOpen();
}

const byName = (one, other) => channelTitle(one).localeCompare(channelTitle(other));

function group(title, children) {
  return h("section", { class: "side-group", aria: { label: title } }, h("h2", null, title), h("ul", null, children.map((child) => h("li", null, child))));
}

function adder(said, act) {
  return h("button", { type: "button", class: "side-item side-add", onclick: act }, h("span", { class: "side-mark" }, icon("plus", 14)), h("span", { class: "side-name" }, said));
}

function channelItem(channel) {
  const mark = channel.is_im ? avatar(channel.user, 20) : channelMark(channel, 16);
  return item(channel.id, mark, channelTitle(channel), channel, () => tell("go", { channel: channel.id }));
}

function appItem(app) {
  const channel = [...world.channels.values()].find((one) => one.is_im && one.user === app.bot_user);
  const act = () => tell("go", channel ? { channel: channel.id, tab: app.home && !channel.unread ? "home" : "messages" } : { user: app.bot_user });
  return item(channel?.id ?? app.id, avatar(app.bot_user, 20), app.name || userName(app.bot_user), channel, act);
}

function item(key, mark, name, channel, act) {
  const badge = h("span", { class: "badge", hidden: true });
  const state = h("span", { class: "sr-only" });
  const node = h(
    "button",
    { type: "button", class: "side-item", data: { key }, onclick: act },
    h("span", { class: "side-mark" }, mark),
    h("span", { class: "side-name" }, name),
    state,
    badge,
  );
  items.set(key, { node, badge, state });
  if (channel) drawMarks(channel);
  return node;
}

function drawMarks(channel) {
  const entry = items.get(channel.id);
  if (!entry) return;
  const pings = channel.is_im ? channel.unread : channel.mentions;
  entry.node.classList.toggle("unread", channel.unread > 0);
  entry.node.classList.toggle("faded", Boolean(channel.is_archived || (!channel.is_im && channel.is_member === false)));
  entry.badge.hidden = !pings;
  entry.badge.textContent = pings > 99 ? "99+" : String(pings || "");
  entry.badge.setAttribute("aria-hidden", "true");
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
      h("span", { class: "person-title" }, [person.title || `@${person.handle}`, time(nowSeconds(), person)].join(" · ")),
    ),
    icon("down", 14),
  );
}
