// Pickers of dates and times. The date opens a month to walk in with the arrow keys; the time is a field that takes
// any reading ("9:05", "3pm") and offers the half hours.

import { append, freshId, h, icon } from "./dom.js";
import { clockOf, dayOf, momentOf } from "./dates.js";
import { withEmoji } from "./emoji.js";
import { place } from "./menu.js";
import { combobox } from "./combobox.js";
import { me, nowSeconds } from "./world.js";

const DAY = 86_400_000;
const locale = () => me()?.locale || "en-US";
const utc = (day) => new Date(`${day}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);
const say = (day, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(utc(day));

export function datePicker(element, place) {
  const { blockId, surface, inInput, dispatch } = place;
  const held = surface.held(blockId, element.action_id, element.type);
  const keep = (day) => surface.hold(blockId, element.action_id, { type: element.type, selected_date: day });
  const start = held ? held.selected_date : (element.initial_date ?? null);
  keep(start);
  const field = dateField(
    start,
    withEmoji(element.placeholder?.text ?? "Select a date"),
    place,
    element.focus_on_load,
    (day) => {
      keep(day);
      if (!inInput || dispatch) surface.act(element, blockId, { selected_date: day }, field);
    },
  );
  return field;
}

export function timePicker(element, place) {
  const { blockId, surface, inInput, dispatch } = place;
  const held = surface.held(blockId, element.action_id, element.type);
  const keep = (clock) => surface.hold(blockId, element.action_id, { type: element.type, selected_time: clock });
  const start = held ? held.selected_time : (element.initial_time ?? null);
  keep(start);
  const field = timeField(
    start,
    withEmoji(element.placeholder?.text ?? "Select a time"),
    place,
    element.focus_on_load,
    (clock) => {
      keep(clock);
      if (!inInput || dispatch) surface.act(element, blockId, { selected_time: clock }, field);
    },
  );
  return field;
}

/** Both fields, in the person's own zone; the value is one moment in epoch seconds. */
export function dateTimePicker(element, place) {
  const { blockId, surface, inInput, dispatch } = place;
  const held = surface.held(blockId, element.action_id, element.type);
  const start = held ? held.selected_date_time : (element.initial_date_time ?? null);
  let day = start ? dayOf(start) : null;
  let clock = start ? clockOf(start) : null;
  const keep = (moment) => surface.hold(blockId, element.action_id, { type: element.type, selected_date_time: moment });
  keep(start);
  const changed = () => {
    if (!day || !clock) return;
    const moment = momentOf(day, clock);
    keep(moment);
    if (!inInput || dispatch) surface.act(element, blockId, { selected_date_time: moment }, node);
  };
  const node = h(
    "div",
    { class: "date-time", role: "group", aria: { labelledby: place.labelId, describedby: place.describedBy } },
    dateField(day, "Select a date", { ...place, labelId: null }, element.focus_on_load, (picked) => {
      day = picked;
      changed();
    }),
    timeField(clock, "Select a time", { ...place, labelId: null }, false, (picked) => {
      clock = picked;
      changed();
    }),
    h("span", { class: "zone" }, me()?.tz ?? "UTC"),
  );
  return node;
}

function dateField(start, placeholder, { labelId, describedBy }, autofocus, picked) {
  let day = start;
  const said = h("span", { class: "picker-words", id: freshId("date") });
  const draw = () => {
    said.textContent = day
      ? say(day, { weekday: "short", year: "numeric", month: "short", day: "numeric" })
      : placeholder;
    said.classList.toggle("picker-empty", !day);
  };
  const button = h(
    "button",
    {
      type: "button",
      class: "picker date-picker",
      id: freshId("field"),
      aria: {
        haspopup: "dialog",
        expanded: "false",
        labelledby: labelId ? `${labelId} ${said.id}` : null,
        describedby: describedBy,
      },
      data: { autofocus: autofocus ? "yes" : "", value: day ?? "" },
      onclick: () =>
        openCalendar(button, day, (chosen) => {
          if (chosen === day) return;
          day = chosen;
          button.dataset.value = day;
          draw();
          picked(day);
        }),
    },
    icon("calendar", 16),
    said,
    icon("down", 14),
  );
  draw();
  return button;
}

function openCalendar(anchor, chosen, take) {
  const today = dayOf(nowSeconds());
  let at = chosen ?? today;
  const heading = h("div", { class: "calendar-title", aria: { live: "polite" } });
  const grid = h("div", { class: "calendar-grid", role: "grid" });
  const step = (label, drawing, months) =>
    h(
      "button",
      { type: "button", class: "icon-button", aria: { label }, onclick: () => go(shifted(at, months), false) },
      icon(drawing, 14),
    );
  const box = h(
    "div",
    { class: "menu calendar", role: "group", aria: { label: "Choose a date" } },
    h("div", { class: "calendar-head" }, step("Previous month", "left", -1), heading, step("Next month", "right", 1)),
    grid,
  );
  const close = (focusBack) => {
    document.removeEventListener("pointerdown", outside, true);
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (focusBack) anchor.focus();
  };
  const outside = (event) => {
    if (!box.contains(event.target)) close(false);
  };

  function go(day, focus = true) {
    at = day;
    heading.textContent = say(at, { month: "long", year: "numeric" });
    grid.replaceChildren();
    const first = utc(`${at.slice(0, 7)}-01`);
    const monday = new Date(first.getTime() - ((first.getUTCDay() + 6) % 7) * DAY);
    const week = (from, cell) =>
      h(
        "div",
        { role: "row" },
        [0, 1, 2, 3, 4, 5, 6].map((index) => cell(iso(new Date(from.getTime() + index * DAY)))),
      );
    grid.append(
      week(monday, (name) =>
        h(
          "span",
          { role: "columnheader", class: "weekday", aria: { label: say(name, { weekday: "long" }) } },
          say(name, { weekday: "narrow" }),
        ),
      ),
    );
    for (let row = 0; row < 6; row += 1) {
      const from = new Date(monday.getTime() + row * 7 * DAY);
      if (row && iso(from).slice(0, 7) > at.slice(0, 7)) break;
      grid.append(week(from, dayCell));
    }
    if (focus) grid.querySelector("[tabindex='0']")?.focus();
  }

  function dayCell(name) {
    const classes = [
      "day",
      name.slice(0, 7) !== at.slice(0, 7) && "other-month",
      name === today && "today",
      name === chosen && "chosen",
    ];
    return h(
      "button",
      {
        type: "button",
        role: "gridcell",
        class: classes.filter(Boolean).join(" "),
        tabindex: name === at ? "0" : "-1",
        data: { day: name },
        aria: {
          label: say(name, { dateStyle: "full" }),
          selected: String(name === chosen),
          current: name === today ? "date" : null,
        },
        onclick: () => {
          close(true);
          take(name);
        },
      },
      String(Number(name.slice(8))),
    );
  }

  box.addEventListener("keydown", (event) => {
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (days && grid.contains(document.activeElement)) {
      event.preventDefault();
      go(iso(new Date(utc(at).getTime() + days * DAY)));
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      go(shifted(at, event.key === "PageUp" ? -1 : 1));
    } else if (event.key === "Tab") {
      event.stopPropagation();
      const stops = [...box.querySelectorAll("button")].filter((button) => button.tabIndex >= 0);
      const next =
        stops[(stops.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1) + stops.length) % stops.length];
      event.preventDefault();
      next?.focus();
    }
  });
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest("[role=dialog]") ?? document.body).append(box);
  go(at, false);
  place(box, anchor);
  grid.querySelector("[tabindex='0']")?.focus();
  document.addEventListener("pointerdown", outside, true);
}

/** The same day some months on; the last of the month where that day does not exist. */
function shifted(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return iso(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))));
}

function timeField(start, placeholder, { labelId, describedBy }, autofocus, picked) {
  const half = Array.from(
    { length: 48 },
    (_, index) => `${String(Math.floor(index / 2)).padStart(2, "0")}:${index % 2 ? "30" : "00"}`,
  );
  const words = (clock) =>
    new Intl.DateTimeFormat(locale(), { timeZone: "UTC", hour: "numeric", minute: "2-digit" }).format(
      new Date(`1970-01-01T${clock}:00Z`),
    );
  const item = (clock) => ({ key: clock, payload: clock, label: words(clock), also: clock });
  let chosen = start;
  const take = (clock) => {
    if (clock === chosen) return;
    chosen = clock;
    combo.show(words(clock));
    picked(clock);
  };
  const combo = combobox({
    placeholder,
    labelId,
    label: labelId ? null : placeholder,
    describedBy,
    autofocus,
    isChosen: (one) => one.key === chosen,
    find: (typed) => {
      const read = typed && typed !== words(chosen ?? "00:00") ? readClock(typed) : null;
      if (read)
        return [item(read), ...half.filter((clock) => clock !== read && words(clock).startsWith(typed)).map(item)];
      return half.map(item);
    },
    take: (one) => take(one.key),
    typedIn: (typed) => {
      const read = readClock(typed);
      if (read) take(read);
    },
  });
  const holder = h("div", { class: "select time-picker" }, h("span", { class: "chips" }, icon("clock", 16)));
  append(holder, [combo.field, combo.arrow]);
  combo.holder = holder;
  if (chosen) combo.show(words(chosen));
  return holder;
}

/** "9", "9:05", "3pm", "15.30", "下午3点" → HH:MM, or null. */
function readClock(typed) {
  const match = /^\s*(上午|下午|am|pm)?\s*(\d{1,2})(?:[:.点](\d{2})?)?\s*(am|pm|a|p)?\s*$/i.exec(typed);
  if (!match) return null;
  let hour = Number(match[2]);
  const minute = Number(match[3] ?? 0);
  const half = (match[1] ?? match[4] ?? "").toLowerCase();
  if (/^(p|下午)/.test(half) && hour < 12) hour += 12;
  if (/^(a|上午)/.test(half) && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
