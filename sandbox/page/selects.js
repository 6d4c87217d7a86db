// Select menus with a field to type in: options of the app, people, channels, conversations, or what the app
// suggests while one types. Arrow keys walk, Enter takes, Esc closes, Backspace in an empty field removes the last choice.

import { append, freshId, h, icon, setAria } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { place } from "./menu.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { avatar, channelMark } from "./people.js";
import { world, userName } from "./world.js";

/** What a kind of select chooses among, and under which names Slack carries the choice. */
const KINDS = {
  static: { one: "selected_option", many: "selected_options", startOne: "initial_option", startMany: "initial_options" },
  external: { one: "selected_option", many: "selected_options", startOne: "initial_option", startMany: "initial_options" },
  users: { one: "selected_user", many: "selected_users", startOne: "initial_user", startMany: "initial_users" },
  channels: { one: "selected_channel", many: "selected_channels", startOne: "initial_channel", startMany: "initial_channels" },
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
  return { key: id, payload: id, label: channel?.name ?? id, detail: channel?.topic ?? "", face: () => (channel ? channelMark(channel, 14) : null) };
}

function flatten(options, groups) {
  if (groups) return groups.flatMap((group) => (group.options ?? []).map((option) => fromOption(option, words(group.label))));
  return (options ?? []).map((option) => fromOption(option));
}

function offered(source, element) {
  if (source === "static") return flatten(element.options, element.option_groups);
  if (source === "users") return [...world.users.values()].filter((user) => !user.deleted && user.id !== "USLACKBOT").map((user) => fromUser(user.id));
  const channels = [...world.channels.values()].filter((channel) => !channel.is_archived);
  if (source === "channels") return channels.filter((channel) => !channel.is_im && !channel.is_private).map((channel) => fromChannel(channel.id));
  return channels.filter((channel) => wanted(channel, element.filter)).map((channel) => fromChannel(channel.id));
}

function wanted(channel, filter) {
  if (!filter) return true;
  const kind = channel.is_im ? "im" : channel.is_private ? "private" : "public";
  if (filter.include && !filter.include.includes(kind)) return false;
  return !(filter.exclude_bot_users && channel.is_im && world.users.get(channel.user)?.is_bot);
}

const describe = (source, payload) =>
  source === "users" ? fromUser(payload) : source === "channels" || source === "conversations" ? fromChannel(payload) : fromOption(payload);

export function select(element, { blockId, surface, inInput, dispatch, labelId, describedBy, optional }) {
  const isMany = element.type.startsWith("multi_");
  const source = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const names = KINDS[source];
  const held = surface.held(blockId, element.action_id, element.type);
  const start = isMany
    ? (held?.[names.many] ?? element[names.startMany] ?? [])
    : [held ? held[names.one] : element[names.startOne]].filter(Boolean);
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

/** Items whose words begin with what was typed, then those that contain it. */
export function matching(items, typed) {
  const asked = typed.trim().toLowerCase().replace(/^[@#]/, "");
  if (!asked) return items;
  const rank = (item) => {
    const label = item.label.toLowerCase();
    if (label.startsWith(asked)) return 0;
    if (label.split(/[\s._-]+/).some((word) => word.startsWith(asked))) return 1;
    return `${label} ${(item.detail ?? "").toLowerCase()} ${item.also ?? ""}`.includes(asked) ? 2 : 3;
  };
  return items
    .map((item) => [rank(item), item])
    .filter(([order]) => order < 3)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/**
 * A field with a list under it. `find(typed)` gives the items (or a promise of them, or {items, note}); `take(item)` is called
 * with the one taken. Used by selects, pickers of time and the switchers.
 */
export function combobox({ placeholder, labelId, label, describedBy, required, isMany, autofocus, find, isChosen, take, dropLast, typedIn, slow = false, limit = 100 }) {
  const listId = freshId("list");
  let list = null;
  let items = [];
  let at = -1;
  let asking = 0;
  let timer = null;
  let shown = "";

  const field = h("input", {
    class: "select-field",
    id: freshId("field"),
    type: "text",
    role: "combobox",
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
    aria: { labelledby: labelId, label, describedby: describedBy, expanded: "false", controls: listId, autocomplete: "list", required },
    data: { autofocus: autofocus ? "yes" : "" },
    onclick: () => open(""),
    oninput: () => open(field.value),
    onkeydown: keys,
    onblur: () => {
      setTimeout(() => {
        if (document.activeElement !== field) close(true);
      }, 0);
    },
  });
  const arrow = h("span", { class: "select-arrow" }, icon("down", 14));
  const combo = { field, arrow, placeholder, show, close, open, holder: null };

  function show(text) {
    shown = text;
    field.value = text;
  }

  function open(typed) {
    if (!list) {
      list = h("div", { class: "menu listbox", role: "listbox", id: listId, aria: { label: placeholder, multiselectable: isMany ? "true" : null } });
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      (field.closest("[role=dialog]") ?? document.body).append(list);
      field.setAttribute("aria-expanded", "true");
      if (!typed && shown) field.select();
    }
    const turn = (asking += 1);
    clearTimeout(timer);
    const found = slow && typed
      ? new Promise((later) => {
          timer = setTimeout(() => later(find(typed)), 250);
        })
      : find(typed);
    if (found instanceof Promise) {
      if (slow && typed) draw([], "Searching…");
      found.then((answer) => {
        if (turn === asking && list) receive(answer);
      });
    } else receive(found);
  }

  function receive(answer) {
    if (Array.isArray(answer)) draw(answer.slice(0, limit), answer.length ? "" : "No results");
    else draw(answer.items, answer.note);
  }

  function draw(found, note) {
    items = found;
    list.replaceChildren();
    let group;
    items.forEach((item, index) => {
      if (item.group && item.group !== group) list.append(h("div", { class: "menu-heading", role: "presentation" }, item.group));
      group = item.group;
      const chosen = isChosen?.(item) ?? false;
      list.append(
        h(
          "div",
          {
            class: "menu-item option",
            role: "option",
            id: `${listId}-${index}`,
            aria: { selected: String(chosen) },
            onclick: () => choose(index),
            onpointermove: () => {
              if (at !== index) walkTo(index, false);
            },
          },
          item.face?.() ?? null,
          h("span", { class: "menu-label" }, item.label),
          item.detail ? h("span", { class: "menu-detail" }, item.detail) : null,
          chosen ? icon("check", 14) : null,
        ),
      );
    });
    if (note) list.append(h("div", { class: "menu-note", role: "presentation" }, note));
    const anchor = combo.holder ?? field;
    place(list, anchor, { matchWidth: true });
    const chosenAt = items.findIndex((item) => isChosen?.(item));
    walkTo(items.length ? Math.max(0, chosenAt) : -1);
  }

  function walkTo(index, scroll = true) {
    list.querySelector(".at")?.classList.remove("at");
    at = index;
    const option = index < 0 ? null : list.querySelector(`#${listId}-${index}`);
    option?.classList.add("at");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
    setAria(field, "activedescendant", option?.id);
  }

  function choose(index) {
    const item = items[index];
    if (!item) return;
    if (!isMany) close(false);
    else field.value = "";
    take(item);
    if (isMany && list) open("");
    field.focus();
  }

  function close(putBack) {
    asking += 1;
    clearTimeout(timer);
    if (list) {
      list.remove();
      list = null;
      field.setAttribute("aria-expanded", "false");
      setAria(field, "activedescendant", null);
    }
    if (putBack) {
      if (typedIn && field.value !== shown) typedIn(field.value);
      field.value = shown;
    }
  }

  function keys(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!list) open("");
      else if (items.length) walkTo((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
    } else if (event.key === "Enter") {
      if (!list) return;
      event.preventDefault();
      event.stopPropagation();
      if (at >= 0) choose(at);
      else close(true);
    } else if (event.key === "Escape" && list) {
      event.preventDefault();
      event.stopPropagation();
      close(false);
      field.value = shown;
    } else if (event.key === "Backspace" && dropLast && (isMany ? field.value === "" : field.value === shown && field.selectionStart === 0 && field.selectionEnd === shown.length)) {
      dropLast();
    }
  }

  arrow.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    field.focus();
    if (list) close(true);
    else open("");
  });
  return combo;
}
