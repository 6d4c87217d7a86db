// The sandbox's clock in the bar on top: what time it is for the person I act as, and the jumps.

import { post } from "./api.js";
import { byId, h, icon, replace } from "./dom.js";
import { clockOf, dayOf, full, momentOf, shortDayAndTime } from "./dates.js";
import { panelDialog } from "./dialog.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";
import { datePicker, timePicker } from "./pickers.js";
import { Surface } from "./surface.js";
import { me, nowSeconds, setNow, tell, world } from "./world.js";

let said = "";
let drawn = "";
let day = "";

export function startClock() {
  setInterval(tick, 1000);
  byId("clock").addEventListener("click", openSetting);
}

/** Draw the jumps; their names come from the sandbox. */
export function drawClock() {
  said = "";
  tick();
  if (drawn === JSON.stringify(world.jumps)) return;
  drawn = JSON.stringify(world.jumps);
  const jumps = world.jumps.map((jump) =>
    typeof jump === "string" ? { name: jump, label: jump } : { name: jump.name, label: jump.label ?? jump.name },
  );
  const more = h(
    "button",
    {
      type: "button",
      class: "bar-button jumps-menu",
      aria: { label: "Wind the clock", haspopup: "menu", expanded: "false" },
      onclick: () => {
        openMenu(
          more,
          "Wind the clock",
          [
            ...jumps.map((jump) => ({ label: jump.label, act: () => wind({ jump: jump.name }) })),
            { label: "Set the time…", act: openSetting },
          ],
          { align: "end" },
        );
      },
    },
    icon("clock", 16),
    icon("down", 12),
  );
  replace(
    byId("jumps"),
    jumps.map((jump) =>
      h("button", { type: "button", class: "bar-button jump", onclick: () => wind({ jump: jump.name }) }, jump.label),
    ),
    more,
  );
}

export function clockSet(now) {
  setNow(now);
  said = "";
  tick();
}

function tick() {
  const person = me();
  if (!person) return;
  const now = nowSeconds();
  const words = shortDayAndTime(now);
  if (words === said) return;
  said = words;
  replace(
    byId("clock"),
    icon("clock", 16),
    h("span", { class: "clock-words" }, words),
    h("span", { class: "clock-zone" }, zoneOf(person)),
  );
  byId("clock").title = `${full(now)} (${person.tz}). Press to set the sandbox's clock.`;
  byId("clock").setAttribute("aria-label", `Sandbox time: ${words}, ${person.tz}. Set the clock`);
  tell("minute");
  if (day && day !== dayOf(now)) tell("day");
  day = dayOf(now);
}

const zoneOf = (person) => (person.tz ?? "UTC").split("/").at(-1).replaceAll("_", " ");

async function wind(request) {
  const answer = await post("clock", request);
  if (answer.ok === false) toast(`The clock stays: ${answer.error}`, "error");
  else if (answer.now === null || answer.now === undefined) toast("There is nothing to wind to.");
  else {
    clockSet(answer.now);
    toast(`It is now ${full(answer.now)}`);
  }
}

function openSetting() {
  const now = nowSeconds();
  const surface = new Surface("page", () => null);
  const place = (id) => ({ blockId: "clock", surface, inInput: true, labelId: id });
  const dayLabel = "clock-day";
  const timeLabel = "clock-time";
  const panel = panelDialog(
    "Set the sandbox's clock",
    [
      h("p", { class: "quiet" }, `In ${me().tz}. Timers of the apps see the new time at once.`),
      h(
        "div",
        { class: "date-time" },
        h("span", { class: "sr-only", id: dayLabel }, "Day"),
        datePicker({ type: "datepicker", action_id: "day", initial_date: dayOf(now) }, place(dayLabel)),
        h("span", { class: "sr-only", id: timeLabel }, "Time"),
        timePicker({ type: "timepicker", action_id: "time", initial_time: clockOf(now) }, place(timeLabel)),
        h(
          "button",
          {
            type: "button",
            class: "button button-primary",
            onclick: () => {
              const { day, time } = surface.values.clock;
              panel.close();
              wind({ to: momentOf(day.selected_date, time.selected_time) });
            },
          },
          "Set the clock",
        ),
      ),
      h(
        "p",
        { class: "quick-steps" },
        [
          ["+10 minutes", 600],
          ["+1 hour", 3600],
          ["+1 day", 86_400],
          ["+1 week", 604_800],
        ].map(([label, by]) =>
          h(
            "button",
            {
              type: "button",
              class: "button",
              onclick: () => {
                panel.close();
                wind({ by });
              },
            },
            label,
          ),
        ),
      ),
    ],
    { className: "dialog-small" },
  );
}
