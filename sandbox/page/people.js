// Faces: a square with initials in a colour that stays the same for a person.

import { h, icon } from "./dom.js";
import { world, appOfUser } from "./world.js";

// Dark enough for white letters (at least 4.5 : 1).
const COLOURS = [
  "#8a3b62",
  "#2d6a4f",
  "#7a4a12",
  "#1f5f8b",
  "#6a3fa0",
  "#a33b2a",
  "#00665f",
  "#4b5d16",
  "#8b2f8f",
  "#3f51a5",
  "#8a5a00",
  "#9c2f4f",
];

function hash(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum;
}

function initials(name) {
  const han = [...name].filter((letter) => /\p{Script=Han}/u.test(letter));
  if (han.length) return han.at(-1);
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  if (!words.length) return "?";
  return (words.length === 1 ? [...words[0]].slice(0, 1) : [[...words[0]][0], [...words.at(-1)][0]])
    .join("")
    .toUpperCase();
}

export function avatar(userId, size = 36) {
  const user = world.users.get(userId);
  const name = user ? user.name || user.handle : userId || "?";
  return h(
    "span",
    {
      class: `avatar${user?.deleted ? " avatar-gone" : ""}`,
      style: { "--face": COLOURS[hash(userId || name) % COLOURS.length], "--face-size": `${size}px` },
      aria: { hidden: true },
    },
    size < 28 ? [...initials(name)][0] : initials(name),
  );
}

export function isApp(userId) {
  return Boolean(appOfUser(userId) || world.users.get(userId)?.is_bot);
}

export const appBadge = () => h("span", { class: "app-badge" }, "App");

/** "# ward", "🔒 office": how a channel is written in lists. */
export function channelMark(channel, size = 16) {
  return icon(channel.is_private ? "lock" : "hash", size);
}
