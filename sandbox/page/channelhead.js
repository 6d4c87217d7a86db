// Around the messages of a channel: its name and topic, the tabs of an app, what stands above the first message, and
// the bar in place of the message box where one may not write.

import { post } from "./api.js";
import { byId, h, icon, replace } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { appBadge, avatar, channelMark } from "./people.js";
import { toast } from "./toast.js";
import { appOfUser, channelTitle, tell, userName, world } from "./world.js";

/** The app whose Home tab this direct message has, or null. */
export const appTabs = (channel) => {
  const app = channel.is_im ? appOfUser(channel.user) : null;
  return app?.home ? app : null;
};

let headDrawn = "";

export function forgetHead() {
  headDrawn = "";
}

export function drawHead(channel) {
  const { unread, mentions, ...particulars } = channel;
  const wanted = JSON.stringify([particulars, world.users.get(channel.user), world.team.name, appTabs(channel)]);
  if (wanted === headDrawn) return;
  headDrawn = wanted;
  const title = channelTitle(channel);
  const head = byId("channel-head");
  const name = h(
    "h1",
    { id: "channel-name" },
    channel.is_im ? avatar(channel.user, 24) : channelMark(channel, 18),
    h("span", null, title),
  );
  if (channel.is_im && appOfUser(channel.user)) name.append(appBadge());
  const person = channel.is_im ? world.users.get(channel.user) : null;
  const topic = channel.is_im ? (person?.title ?? "") : (channel.topic ?? "");
  const members = channel.is_im
    ? null
    : h(
        "button",
        {
          type: "button",
          class: "members",
          aria: { label: `${channel.members?.length ?? 0} members` },
          onclick: () => tell("members", channel),
        },
        h(
          "span",
          { class: "member-faces" },
          (channel.members ?? []).slice(0, 3).map((id) => avatar(id, 20)),
        ),
        String(channel.members?.length ?? 0),
      );
  replace(
    head,
    h(
      "button",
      {
        type: "button",
        class: "icon-button only-narrow",
        id: "open-sidebar",
        aria: { label: "Channels and people" },
        onclick: () => tell("sidebar"),
      },
      icon("menu"),
    ),
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
            tabindex: "-1",
            aria: { selected: "false", controls: one === "home" ? "home" : "conversation" },
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

/** Show which tab is open. */
export function markTab(tab) {
  for (const button of byId("tabs").children) {
    const chosen = button.id === `tab-${tab}`;
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
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

/** What stands above the first message. */
export function drawBeginning(channel, hasMore) {
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
