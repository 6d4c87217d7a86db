// Select menus with a field to type in: options of the app, people, channels, conversations, or what the app
// suggests while one types. Backspace in an empty field removes the last choice.

import { combobox, matching } from "./combobox.js";
import { append, h, icon } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { avatar, channelMark } from "./people.js";
import { world, userName } from "./world.js";

/** What a kind of select chooses among, and under which names Slack carries the choice. */
const KINDS = {
  static: {
    one: "selected_option",
    many: "selected_options",
    startOne: "initial_option",
    startMany: "initial_options",
  },
  external: {
    one: "selected_option",
    many: "selected_options",
    startOne: "initial_option",
    startMany: "initial_options",
  },
  users: { one: "selected_user", many: "selected_users", startOne: "initial_user", startMany: "initial_users" },
  channels: {
    one: "selected_channel",
    many: "selected_channels",
    startOne: "initial_channel",
    startMany: "initial_channels",
  },
  conversations: {
    one: "selected_conversation",
    many: "selected_conversations",
    startOne: "initial_conversation",
    startMany: "initial_conversations",
  },
};

const words = (text) => (text?.type === "mrkdwn" ? wordsOf(text.text) : withEmoji(text?.text ?? ""));

const fromOption = (option, group) => ({
  key: option.value,
  payload: option,
  label: words(option.text),
  detail: words(option.description),
  group,
});

const fromUser = (id) => ({
  key: id,
  payload: id,
  label: userName(id),
  detail: world.users.get(id)?.title ?? "",
  face: () => avatar(id, 20),
});

function fromChannel(id) {
  const channel = world.channels.get(id);
  if (channel?.is_im) return { ...fromUser(channel.user), key: id, payload: id };
  return {
    key: id,
    payload: id,
    label: channel?.name ?? id,
    detail: channel?.topic ?? "",
    face: () => (channel ? channelMark(channel, 14) : null),
  };
}

function flatten(options, groups) {
  if (groups)
    return groups.flatMap((group) => (group.options ?? []).map((option) => fromOption(option, words(group.label))));
  return (options ?? []).map((option) => fromOption(option));
}

function offered(source, element) {
  if (source === "static") return flatten(element.options, element.option_groups);
  if (source === "users")
    return [...world.users.values()]
      .filter((user) => !user.deleted && user.id !== "USLACKBOT")
      .map((user) => fromUser(user.id));
  const channels = [...world.channels.values()].filter((channel) => !channel.is_archived);
  if (source === "channels")
    return channels
      .filter((channel) => !channel.is_im && !channel.is_private)
      .map((channel) => fromChannel(channel.id));
  return channels.filter((channel) => wanted(channel, element.filter)).map((channel) => fromChannel(channel.id));
}

function wanted(channel, filter) {
  if (!filter) return true;
  const kind = channel.is_im ? "im" : channel.is_private ? "private" : "public";
  if (filter.include && !filter.include.includes(kind)) return false;
  return !(filter.exclude_bot_users && channel.is_im && world.users.get(channel.user)?.is_bot);
}

const describe = (source, payload) =>
  source === "users"
    ? fromUser(payload)
    : source === "channels" || source === "conversations"
      ? fromChannel(payload)
      : fromOption(payload);

export function select(element, { blockId, surface, inInput, dispatch, labelId, describedBy, optional }) {
  const isMany = element.type.startsWith("multi_");
  const source = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const names = KINDS[source];
  const held = surface.held(blockId, element.action_id, element.type);
  const current = element.default_to_current_conversation ? world.here : null;
  const start = isMany
    ? (held?.[names.many] ?? element[names.startMany] ?? [current].filter(Boolean))
    : [held?.[names.one] ?? current ?? (held ? null : element[names.startOne])].filter(Boolean);
  let chosen = start.map((payload) => describe(source, payload));
  const valueOf = () =>
    isMany ? { [names.many]: chosen.map((item) => item.payload) } : { [names.one]: chosen[0]?.payload ?? null };
  const keep = () => surface.hold(blockId, element.action_id, { type: element.type, ...valueOf() });
  keep();

  const changed = () => {
    keep();
    drawChosen();
    if (!inInput || dispatch) surface.act(element, blockId, valueOf(), holder);
  };

  const combo = combobox({
    placeholder: words(element.placeholder) || (isMany ? "Select options" : "Select an option"),
    labelId,
    label: labelId ? null : words(element.placeholder) || "Select an option",
    describedBy,
    required: inInput ? !optional : null,
    isMany,
    autofocus: element.focus_on_load,
    slow: source === "external",
    find: source === "external" ? suggestions : (typed) => matching(offered(source, element), typed),
    isChosen: (item) => chosen.some((other) => other.key === item.key),
    take(item) {
      if (isMany) {
        if (chosen.some((other) => other.key === item.key)) chosen = chosen.filter((other) => other.key !== item.key);
        else if (chosen.length < (element.max_selected_items ?? Infinity)) chosen.push(item);
        else return;
      } else if (chosen[0]?.key === item.key) return;
      else chosen = [item];
      changed();
    },
    dropLast() {
      if (!chosen.length || (!isMany && !(inInput && optional))) return;
      chosen.pop();
      changed();
    },
  });

  async function suggestions(typed) {
    if (typed.length < (element.min_query_length ?? 3)) {
      return { items: [], note: `Type at least ${element.min_query_length ?? 3} characters to search` };
    }
    const answer = await surface.suggest(element, blockId, typed);
    if (answer.ok === false) return { items: [], note: "This app did not answer. Try again." };
    return flatten(answer.options, answer.option_groups);
  }

  const chips = h("span", { class: "chips" });
  const holder = h("div", { class: `select${isMany ? " select-many" : ""}` }, chips, combo.field, combo.arrow);
  combo.holder = holder;

  function drawChosen() {
    combo.field.placeholder = isMany && chosen.length ? "" : combo.placeholder;
    chips.replaceChildren();
    if (!isMany) {
      combo.show(chosen[0]?.label ?? "");
      if (chosen[0]?.face) append(chips, chosen[0].face());
      return;
    }
    combo.show("");
    for (const item of chosen) {
      const remove = h(
        "button",
        {
          type: "button",
          class: "chip-remove",
          aria: { label: `Remove ${item.label}` },
          onclick: () => {
            chosen = chosen.filter((other) => other.key !== item.key);
            changed();
            combo.field.focus();
          },
        },
        icon("close", 10),
      );
      chips.append(h("span", { class: "chip" }, item.face?.() ?? null, item.label, remove));
    }
  }
  drawChosen();
  return holder;
}
