// Lists to pick from by typing: whom to act as, and where to go (Ctrl+K).

import { panelDialog } from "./dialog.js";
import { freshId, h, icon } from "./dom.js";
import { time } from "./dates.js";
import { avatar, channelMark, isApp } from "./people.js";
import { matching } from "./combobox.js";
import { nowSeconds, tell, userName, world } from "./world.js";

/** "Act as": name, title, local time and language of everybody who has an account. */
export function switchPerson() {
  const people = [...world.users.values()].filter((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT");
  pick("Act as", "Find a person", people.map(personItem), (item) => tell("act-as", item.key));
}

function personItem(user) {
  const marks = [user.is_guest ? "Guest" : null].filter(Boolean);
  return {
    key: user.id,
    label: user.name || user.handle,
    also: `${user.handle} ${user.title ?? ""}`.toLowerCase(),
    face: () => avatar(user.id, 36),
    lines: [[`@${user.handle}`, user.title, ...marks].filter(Boolean).join(" · ")],
    aside: [time(nowSeconds(), user), languageOf(user.locale)],
    current: user.id === world.me,
  };
}

function languageOf(locale) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(locale || "en-US");
  } catch {
    return locale ?? "";
  }
}

/** Go to a channel or to a conversation with somebody. */
export function findConversation() {
  const rooms = [...world.channels.values()]
    .filter((channel) => !channel.is_im)
    .map((channel) => ({
      key: channel.id,
      label: channel.name,
      also: (channel.topic ?? "").toLowerCase(),
      face: () => h("span", { class: "mark" }, channelMark(channel, 18)),
      lines: [channel.topic || (channel.is_archived ? "Archived" : "")],
      aside: channel.unread ? [`${channel.unread} unread`] : [],
      act: () => tell("go", { channel: channel.id }),
    }));
  const people = [...world.users.values()]
    .filter((user) => !user.deleted && user.id !== "USLACKBOT")
    .map((user) => ({
      key: user.id,
      label: userName(user.id),
      also: user.handle.toLowerCase(),
      face: () => avatar(user.id, 36),
      lines: [[`@${user.handle}`, user.title].filter(Boolean).join(" · ")],
      aside: isApp(user.id) ? ["App"] : [],
      act: () => tell("go", { user: user.id }),
    }));
  pick("Go to", "Find a channel or a person", [...rooms, ...people], (item) => item.act());
}

/** Who is in a channel; taking one opens the conversation with them. */
export function showMembers(channel) {
  const people = (channel.members ?? []).map((id) => world.users.get(id)).filter(Boolean);
  pick(
    `People in #${channel.name}`,
    "Find a member",
    people.map((user) => ({ ...personItem(user), current: false })),
    (item) => tell("go", { user: item.key }),
  );
}

function pick(title, placeholder, items, take) {
  const listId = freshId("pick");
  let shown = [];
  let at = 0;
  const list = h("div", { class: "pick-list", role: "listbox", id: listId, aria: { label: title } });
  const field = h("input", {
    class: "text-field pick-field",
    type: "text",
    role: "combobox",
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
    aria: { label: placeholder, expanded: "true", controls: listId, autocomplete: "list" },
    oninput: () => draw(),
    onkeydown: (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && shown.length) {
        event.preventDefault();
        walkTo((at + step + shown.length) % shown.length);
      } else if (event.key === "Enter" && shown[at]) {
        event.preventDefault();
        choose(shown[at]);
      }
    },
  });
  const panel = panelDialog(title, [h("div", { class: "pick-search" }, icon("search", 16), field), list], {
    className: "dialog-pick",
    focus: () => field,
  });

  function draw() {
    shown = matching(items, field.value).slice(0, 60);
    list.replaceChildren(
      ...shown.map((item, index) =>
        h(
          "div",
          {
            class: "pick-item option",
            role: "option",
            id: `${listId}-${index}`,
            aria: { selected: "false" },
            data: { key: item.key },
            onclick: () => choose(item),
            onpointermove: () => at !== index && walkTo(index, false),
          },
          item.face(),
          h(
            "span",
            { class: "pick-words" },
            h(
              "span",
              { class: "pick-label" },
              item.label,
              item.current ? h("span", { class: "you" }, " you now") : null,
            ),
            item.lines.map((line) => h("span", { class: "quiet" }, line)),
          ),
          h(
            "span",
            { class: "pick-aside" },
            item.aside.map((line) => h("span", null, line)),
          ),
        ),
      ),
    );
    if (!shown.length) list.append(h("div", { class: "menu-note" }, "Nobody and nothing by that name."));
    walkTo(0, false);
  }

  function walkTo(index, scroll = true) {
    list.querySelector(".at")?.setAttribute("aria-selected", "false");
    list.querySelector(".at")?.classList.remove("at");
    at = index;
    const option = list.children[index];
    if (!shown[index]) return;
    option.classList.add("at");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  function choose(item) {
    panel.close();
    take(item);
  }
  draw();
}
