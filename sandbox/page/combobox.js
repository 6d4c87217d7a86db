// A field with a list under it: type to narrow, arrow keys walk, Enter takes, Esc closes. Selects, pickers of time and the
// switchers are made of it.

import { freshId, h, icon, setAria } from "./dom.js";
import { place } from "./menu.js";

/** Items whose words begin with what was typed, then (unless only beginnings count) those that contain it. */
export function matching(items, typed, { onlyBeginnings = false } = {}) {
  const asked = typed.trim().toLowerCase().replace(/^[@#]/, "");
  if (!asked) return items;
  const rank = (item) => {
    const label = item.label.toLowerCase();
    if (label.startsWith(asked)) return 0;
    const words = `${label} ${item.also ?? ""}`.split(/[\s._-]+/);
    if (words.some((word) => word.startsWith(asked))) return 1;
    if (onlyBeginnings) return 3;
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
export function combobox({
  placeholder,
  labelId,
  label,
  describedBy,
  required,
  isMany,
  autofocus,
  find,
  isChosen,
  take,
  dropLast,
  typedIn,
  slow = false,
  limit = 100,
}) {
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
    aria: {
      labelledby: labelId,
      label,
      describedby: describedBy,
      expanded: "false",
      controls: listId,
      autocomplete: "list",
      required,
    },
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
      list = h("div", {
        class: "menu listbox",
        role: "listbox",
        id: listId,
        aria: { label: placeholder, multiselectable: isMany ? "true" : null },
      });
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      (field.closest("[role=dialog]") ?? document.body).append(list);
      field.setAttribute("aria-expanded", "true");
      if (!typed && shown) field.select();
    }
    const turn = (asking += 1);
    clearTimeout(timer);
    const found =
      slow && typed
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
      if (item.group && item.group !== group)
        list.append(h("div", { class: "menu-heading", role: "presentation" }, item.group));
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
    } else if (
      event.key === "Backspace" &&
      dropLast &&
      (isMany
        ? field.value === ""
        : field.value === shown && field.selectionStart === 0 && field.selectionEnd === shown.length)
    ) {
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
