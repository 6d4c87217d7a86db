// Times as the person reads them: in their own zone and language, from the sandbox's clock.
// Date tokens follow https://docs.slack.dev/messaging/formatting-message-text#date-formatting

import { me, nowSeconds } from "./world.js";

const formats = new Map();

function format(options, person = me()) {
  const zone = person?.tz || "UTC";
  const locale = person?.locale || "en-US";
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    } catch {
      made = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

const say = (seconds, options, person) => format(options, person).format(new Date(seconds * 1000));

function partsOf(seconds, person) {
  const parts = {};
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  };
  const zone = person?.tz || me()?.tz || "UTC";
  for (const part of format(options, { tz: zone, locale: "en-US" }).formatToParts(new Date(seconds * 1000))) {
    parts[part.type] = part.value;
  }
  return parts;
}

/** The calendar day, YYYY-MM-DD, on which the person lives through this moment. */
export function dayOf(seconds, person) {
  const { year, month, day } = partsOf(seconds, person);
  return `${year}-${month}-${day}`;
}

export function clockOf(seconds, person) {
  const { hour, minute } = partsOf(seconds, person);
  return `${hour}:${minute}`;
}

/** Epoch seconds of a wall clock reading (YYYY-MM-DD, HH:MM) in the person's zone. A skipped hour reads as the one after it. */
export function momentOf(day, clock, person) {
  const wall = Date.parse(`${day}T${clock}:00Z`) / 1000;
  let guess = wall;
  for (let round = 0; round < 3; round += 1) {
    const seen = Date.parse(`${dayOf(guess, person)}T${clockOf(guess, person)}:00Z`) / 1000;
    if (seen === wall) break;
    guess += wall - seen;
  }
  return guess;
}

function dayDistance(seconds) {
  return Math.round((Date.parse(dayOf(seconds)) - Date.parse(dayOf(nowSeconds()))) / 86_400_000);
}

function nearDay(seconds) {
  const distance = dayDistance(seconds);
  if (Math.abs(distance) > 1) return null;
  const locale = me()?.locale || "en-US";
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(distance, "day");
}

export const time = (seconds, person) => say(seconds, { hour: "numeric", minute: "2-digit" }, person);

/** "Friday, 20 November 2026 at 19:43:05", for titles and the clock. */
export const full = (seconds, person) => say(seconds, { dateStyle: "full", timeStyle: "medium" }, person);

export const shortDayAndTime = (seconds, person) =>
  say(seconds, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }, person);

/** The heading over one day's messages. */
export function dayHeading(seconds) {
  const near = nearDay(seconds);
  if (near && dayDistance(seconds) <= 0) return near.charAt(0).toUpperCase() + near.slice(1);
  const thisYear = dayOf(seconds).slice(0, 4) === dayOf(nowSeconds()).slice(0, 4);
  return say(seconds, { weekday: "long", month: "long", day: "numeric", ...(thisYear ? {} : { year: "numeric" }) });
}

/** "3 minutes ago", as under a message with replies. */
export function ago(seconds, locale = me()?.locale || "en-US") {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const difference = seconds - nowSeconds();
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ]) {
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  }
  return relative.format(0, "second");
}

const ordinal = (number) => {
  const rest = number % 100;
  if (rest >= 11 && rest <= 13) return `${number}th`;
  return `${number}${["th", "st", "nd", "rd"][number % 10] ?? "th"}`;
};

function englishOrdinal(seconds, options) {
  const written = say(seconds, options);
  if (!(me()?.locale || "en-US").startsWith("en-US")) return written;
  return written.replace(/(\d{1,2})(?=,|$)/, (number) => ordinal(Number(number)));
}

const TOKENS = {
  date_num: (at) => dayOf(at),
  date_slash: (at) => say(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at) => englishOrdinal(at, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (at) => say(at, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (at) => englishOrdinal(at, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  date_long_full: (at) => say(at, { year: "numeric", month: "long", day: "numeric" }),
  date_pretty: (at) => nearDay(at) ?? TOKENS.date(at),
  date_short_pretty: (at) => nearDay(at) ?? TOKENS.date_short(at),
  date_long_pretty: (at) => nearDay(at) ?? TOKENS.date_long(at),
  day_divider_pretty: (at) => dayHeading(at),
  time: (at) => time(at),
  time_secs: (at) => say(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at) => ago(at),
};

/** Fill in a date token's format, or null when it cannot be read and the fallback must stand. */
export function dateToken(seconds, pattern) {
  if (!Number.isFinite(seconds)) return null;
  let known = true;
  const written = pattern.replace(/\{(\w+)\}/g, (whole, name, offset) => {
    if (!TOKENS[name]) {
      known = false;
      return whole;
    }
    const said = TOKENS[name](seconds);
    return offset === 0 ? said.charAt(0).toUpperCase() + said.slice(1) : said;
  });
  return known ? written : null;
}
