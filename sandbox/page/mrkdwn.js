// Slack's own markup, read into nodes: *bold*, _italic_, ~struck~, `code`, ```blocks```, > quotes, links, mentions,
// dates in the reader's zone, emoji. Rules: https://docs.slack.dev/messaging/formatting-message-text
// Only text nodes are made from what was written.

import { dateToken, full } from "./dates.js";
import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { world, mentionsMe, tell } from "./world.js";

/** Undo the three escapes Slack asks for. */
export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** A text object of Block Kit ({type, text, …}), or a bare string, as nodes. */
export function textObject(text) {
  if (text === undefined || text === null) return [];
  if (typeof text === "string") return plain(text);
  if (text.type === "mrkdwn") return mrkdwn(text.text ?? "", { verbatim: text.verbatim });
  return plain(text.text ?? "", text.emoji !== false);
}

/** Text without markup: line breaks and, unless switched off, emoji. */
export function plain(text, emoji = true) {
  const nodes = [];
  text.split("\n").forEach((line, index) => {
    if (index) nodes.push(h("br"));
    nodes.push(...(emoji ? emojis(line) : [line]));
  });
  return nodes;
}

/** The words of a message without markup, for announcements, labels and confirmations. */
export function wordsOf(text) {
  const holder = document.createElement("div");
  holder.append(...mrkdwn(text ?? ""));
  return holder.textContent.trim();
}

/** A whole message or mrkdwn text object, as nodes. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  String(text)
    .split(/```\n?([\s\S]+?)\n?```/)
    .forEach((part, index) => {
      if (index % 2) nodes.push(h("pre", { class: "code-block" }, h("code", null, codeText(part))));
      else if (part) nodes.push(...lines(index ? part.replace(/^\n/, "") : part, verbatim));
    });
  return nodes;
}

function codeText(text) {
  return unescape(text.replace(/<((?:https?:|mailto:)[^>|]+)(?:\|([^>]*))?>/g, (_, url, label) => label ?? url));
}

function lines(text, verbatim) {
  const nodes = [];
  let quote = null;
  let first = true;
  for (const line of text.split("\n")) {
    const quoted = /^(?:>|&gt;)\s?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else {
        quote = h("blockquote");
        nodes.push(quote);
      }
      quote.append(...inline(quoted[1], verbatim));
    } else {
      if (!first && !quote) nodes.push(h("br"));
      quote = null;
      nodes.push(...inline(line, verbatim));
    }
    first = false;
  }
  return nodes;
}

const PIECES = new RegExp(
  [
    "<([^<>]+)>", // 1: a token
    "`([^`]+)`", // 2: code
    "(?<![\\p{L}\\p{N}*])\\*(?![\\s*])((?:<[^<>]*>|[^*\\n])+?)(?<!\\s)\\*(?![\\p{L}\\p{N}*])", // 3: bold
    "(?<![\\p{L}\\p{N}_])_(?![\\s_])((?:<[^<>]*>|[^_\\n])+?)(?<!\\s)_(?![\\p{L}\\p{N}_])", // 4: italic
    "(?<![\\p{L}\\p{N}~])~(?![\\s~])((?:<[^<>]*>|[^~\\n])+?)(?<!\\s)~(?![\\p{L}\\p{N}~])", // 5: struck
    "(https?:\\/\\/[^\\s<>]+[^\\s<>.,;:!?'\")\\]])", // 6: a bare address
  ].join("|"),
  "gu",
);

function inline(text, verbatim) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > from) nodes.push(...emojis(unescape(text.slice(from, match.index))));
    from = match.index + match[0].length;
    const [whole, token, code, bold, italic, struck, address] = match;
    if (token !== undefined) nodes.push(...tokenNodes(token, whole));
    else if (code !== undefined) nodes.push(h("code", { class: "code" }, codeText(code)));
    else if (bold !== undefined) nodes.push(h("strong", null, inline(bold, verbatim)));
    else if (italic !== undefined) nodes.push(h("em", null, inline(italic, verbatim)));
    else if (struck !== undefined) nodes.push(h("s", null, inline(struck, verbatim)));
    else nodes.push(...(verbatim ? [unescape(address)] : [link(unescape(address), address)]));
  }
  if (from < text.length) nodes.push(...emojis(unescape(text.slice(from))));
  return nodes;
}

function emojis(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(/:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g)) {
    const drawn = EMOJI.get(match[1]);
    if (!drawn) continue;
    if (match.index > from) nodes.push(text.slice(from, match.index));
    nodes.push(emojiNode(match[1], drawn));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

export function emojiNode(name, drawn = EMOJI.get(name)) {
  if (!drawn) return `:${name}:`;
  return h(
    "span",
    { class: "emoji", role: "img", aria: { label: name.replaceAll("_", " ") }, title: `:${name}:` },
    drawn,
  );
}

/** A link that may be opened: only web and mail addresses become one. */
export function link(url, label) {
  const said = [label ?? url].flat();
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return h("span", null, said);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, said);
}

function tokenNodes(token, whole) {
  const [target, ...rest] = token.split("|");
  const label = rest.join("|");
  if (target.startsWith("@")) return [userMention(target.slice(1), label)];
  if (target.startsWith("#")) return [channelMention(target.slice(1), label)];
  if (target.startsWith("!")) return special(target.slice(1), label);
  if (/^(https?:|mailto:|tel:)/i.test(target)) {
    const address = unescape(target);
    const said = label ? emojis(unescape(label)) : [address.replace(/^(mailto|tel):/, "")];
    return [link(address, said)];
  }
  return [unescape(whole)];
}

export function userMention(id, label) {
  const user = world.users.get(id);
  const name = user ? user.name || user.handle : label || id;
  return h("span", { class: `mention${id === world.me ? " mention-me" : ""}`, data: { user: id } }, `@${name}`);
}

export function channelMention(id, label) {
  const channel = world.channels.get(id);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : "🔒 private channel");
  return h(
    "button",
    { type: "button", class: "mention mention-link", onclick: () => tell("go", { channel: id }) },
    `#${channel.name}`,
  );
}

export function groupMention(id, label) {
  const group = world.usergroups.get(id);
  const mine = mentionsMe(`<!subteam^${id}>`);
  const said = group ? `@${group.handle}` : label || "@group";
  return h("span", { class: `mention${mine ? " mention-me" : ""}`, title: group?.name }, said);
}

function special(target, label) {
  const [kind, ...rest] = target.split("^");
  if (kind === "subteam") return [groupMention(rest[0], label)];
  if (kind === "date") return [dateNode(Number(rest[0]), rest[1] ?? "", rest[2], unescape(label))];
  if (["here", "channel", "everyone"].includes(kind)) return [h("span", { class: "mention mention-me" }, `@${kind}`)];
  return [unescape(label || `<!${target}>`)];
}

/** A moment in the reader's own zone and language; the tooltip has it in full. */
export function dateNode(seconds, pattern, url, fallback) {
  const said = () => dateToken(seconds, unescape(pattern)) ?? fallback;
  const node = h("time", { class: "date", title: Number.isFinite(seconds) ? full(seconds) : null }, said());
  node.retell = () => {
    if (node.textContent !== said()) node.textContent = said();
  };
  return url ? link(unescape(url), node) : node;
}
