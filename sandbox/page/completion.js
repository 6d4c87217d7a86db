// What the message box offers while one types: commands after "/", people and groups after "@", channels after "#",
// emoji after ":".

import { h, icon } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { avatar, channelMark } from "./people.js";
import { matching } from "./combobox.js";
import { appOfUser, world } from "./world.js";

/** What can complete the word before the caret: {from, items, exact} or null. Items: {label, detail, insert, face, runs?}. */
export function completions(text, caret) {
  const before = text.slice(0, caret);
  const command = /^\/\S*$/.exec(before);
  if (command) return offer(0, [...commands(), ...shortcuts()], before.slice(1), before);
  const word = /(?:^|[\s(])([@#:])([^\s@#:]*)$/.exec(before);
  if (!word) return null;
  const [, mark, typed] = word;
  const from = caret - typed.length - 1;
  if (mark === "@") return offer(from, people(), typed, `@${typed}`);
  if (mark === "#") return offer(from, channels(), typed, `#${typed}`);
  if (typed.length < 2) return null;
  return offer(from, emoji(), typed, `:${typed}`);
}

function offer(from, items, typed, whole) {
  const found = matching(items, typed, { onlyBeginnings: true }).slice(0, 12);
  if (!found.length) return null;
  const exact = found.some((item) => item.insert.trim().toLowerCase() === whole.toLowerCase());
  return { from, items: found, exact };
}

const appName = (id) => world.apps.find((app) => app.id === id)?.name ?? "";

function commands() {
  return world.commands.map((command) => ({
    label: command.command.replace(/^\//, ""),
    shown: command.command,
    hint: command.usage_hint,
    detail: [command.description, appName(command.app)].filter(Boolean).join(" · "),
    insert: `${command.command} `,
    face: () => h("span", { class: "mark" }, icon("slash", 14)),
  }));
}

/** Shortcuts that stand on no message: taking one runs it, whatever was typed. */
function shortcuts() {
  return world.shortcuts
    .filter((shortcut) => shortcut.type === "global")
    .map((shortcut) => ({
      label: shortcut.name,
      detail: `Shortcut · ${appName(shortcut.app)}`,
      insert: "",
      runs: shortcut.callback_id,
      face: () => h("span", { class: "mark" }, icon("bolt", 14)),
    }));
}

function people() {
  const persons = [...world.users.values()]
    .filter((user) => !user.deleted && user.id !== "USLACKBOT")
    .map((user) => ({
      label: user.name || user.handle,
      also: user.handle.toLowerCase(),
      detail: [`@${user.handle}`, appOfUser(user.id) ? "App" : user.title].filter(Boolean).join(" · "),
      insert: `@${user.handle} `,
      face: () => avatar(user.id, 20),
    }));
  const groups = [...world.usergroups.values()].map((group) => ({
    label: group.handle,
    shown: `@${group.handle}`,
    also: (group.name ?? "").toLowerCase(),
    detail: `${group.name} · ${group.users?.length ?? 0} people`,
    insert: `@${group.handle} `,
    face: () => h("span", { class: "mark" }, icon("at", 14)),
  }));
  return [...groups, ...persons];
}

function channels() {
  return [...world.channels.values()]
    .filter((channel) => !channel.is_im && !channel.is_archived)
    .map((channel) => ({
      label: channel.name,
      detail: channel.topic,
      insert: `#${channel.name} `,
      face: () => h("span", { class: "mark" }, channelMark(channel, 14)),
    }));
}

function emoji() {
  return [...EMOJI].map(([name, drawn]) => ({
    label: name,
    shown: `:${name}:`,
    insert: `:${name}: `,
    face: () => h("span", { class: "mark" }, drawn),
  }));
}

/** The usage hint of the command that is being typed, once its name is complete. */
export function hintFor(text) {
  const name = /^(\/\S+)\s/.exec(text)?.[1];
  const command = name && world.commands.find((one) => one.command === name);
  return command
    ? { command: command.command, usage: command.usage_hint ?? "", description: command.description ?? "" }
    : null;
}
