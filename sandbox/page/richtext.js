// rich_text blocks and their inner elements, as Slack draws them.
// Elements: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { h } from "./dom.js";
import { emojiNode, channelMention, dateNode, groupMention, link, plain, userMention } from "./mrkdwn.js";

export function richText(block) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map(part));
}

function part(element) {
  const border = element.border ? " bordered" : "";
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: `rich-section${border}` }, inner(element));
    case "rich_text_preformatted":
      return h("pre", { class: "code-block" }, h("code", null, inner(element)));
    case "rich_text_quote":
      return h("blockquote", null, inner(element));
    case "rich_text_list":
      return list(element);
    default:
      return null;
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  return h(
    ordered ? "ol" : "ul",
    {
      class: "rich-list",
      start: ordered && element.offset ? element.offset + 1 : null,
      data: { indent: element.indent ?? 0 },
      style: { "--indent": element.indent ?? 0 },
    },
    (element.elements ?? []).map((item) => h("li", null, inner(item))),
  );
}

const inner = (element) => (element.elements ?? []).map((piece) => styled(leaf(piece), piece.style));

function leaf(piece) {
  switch (piece.type) {
    case "text":
      return plain(piece.text ?? "", false);
    case "link":
      return link(piece.url ?? "", piece.text || piece.url);
    case "emoji":
      return piece.unicode ? h("span", { class: "emoji" }, fromUnicode(piece.unicode)) : emojiNode(piece.name);
    case "user":
      return userMention(piece.user_id);
    case "channel":
      return channelMention(piece.channel_id);
    case "usergroup":
      return groupMention(piece.usergroup_id);
    case "team":
      return piece.team_id;
    case "broadcast":
      return h("span", { class: "mention mention-me" }, `@${piece.range}`);
    case "date":
      return dateNode(Number(piece.timestamp), piece.format ?? "", piece.url, piece.fallback);
    case "color":
      return [
        h("span", {
          class: "swatch",
          style: { background: /^#[0-9a-f]{3,8}$/i.test(piece.value) ? piece.value : "none" },
        }),
        piece.value,
      ];
    default:
      return piece.text ?? "";
  }
}

const fromUnicode = (points) =>
  points
    .split("-")
    .map((point) => String.fromCodePoint(parseInt(point, 16)))
    .join("");

function styled(nodes, style = {}) {
  let wrapped = [nodes].flat();
  if (style.code) wrapped = [h("code", { class: "code" }, wrapped)];
  if (style.strike) wrapped = [h("s", null, wrapped)];
  if (style.italic) wrapped = [h("em", null, wrapped)];
  if (style.underline) wrapped = [h("u", null, wrapped)];
  if (style.bold) wrapped = [h("strong", null, wrapped)];
  return wrapped;
}
