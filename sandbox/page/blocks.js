// Block Kit drawn as Slack draws it. Blocks that have not changed keep their nodes, so an update never takes the
// focus or the text out of a field somebody is typing in.
// Blocks: https://docs.slack.dev/reference/block-kit/blocks

import { drawElement, picture } from "./elements.js";
import { freshId, h } from "./dom.js";
import { markdown } from "./markdown.js";
import { link, plain, textObject, wordsOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const DRAW = {
  section,
  header: (block) => h("div", { class: "block-header", role: "heading", aria: { level: 3 } }, textObject(block.text)),
  divider: () => h("hr", { class: "block-divider" }),
  context,
  actions,
  context_actions: actions,
  image,
  input,
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text ?? "")),
  video,
  table,
  data_table: table,
  file: (block) => h("div", { class: "block-file" }, `File ${block.external_id ?? ""}`),
  alert: (block) =>
    h("div", { class: `block-alert alert-${block.level ?? "default"}`, role: "note" }, textObject(block.text)),
  card,
  carousel: (block, surface) =>
    h(
      "div",
      { class: "carousel", tabindex: "0", role: "group", aria: { label: "Cards" } },
      (block.elements ?? []).map((one) => card(one, surface)),
    ),
  container: (block, surface) =>
    h(
      "div",
      { class: "block-card" },
      titles(block),
      (block.child_blocks ?? []).map((child) => drawBlock(child, surface)),
    ),
  task_card: taskCard,
  plan: (block) =>
    h(
      "div",
      { class: "block-card" },
      h("div", { class: "card-title" }, textOf(block.title)),
      (block.tasks ?? []).map((task) => taskCard(task)),
    ),
};

const drawn = new WeakMap();

/** Draw `blocks` into `holder`, keeping the nodes of those that are as they were. */
export function drawBlocks(holder, blocks, surface) {
  const before = drawn.get(holder) ?? [];
  const spare = new Map();
  for (const entry of before) {
    if (!spare.has(entry.json)) spare.set(entry.json, []);
    spare.get(entry.json).push(entry);
  }
  const focused = holder.contains(document.activeElement)
    ? document.activeElement.closest("[data-field]")?.dataset.field
    : null;
  const caret =
    focused && "selectionStart" in document.activeElement
      ? [document.activeElement.selectionStart, document.activeElement.selectionEnd]
      : null;
  const now = blocks.map((block, index) => {
    const json = JSON.stringify(block);
    return spare.get(json)?.shift() ?? { json, node: drawBlock(block, surface, index) };
  });
  const kept = new Set(now.map((entry) => entry.node));
  for (const { node } of before) if (!kept.has(node)) node.remove();
  now.forEach(({ node }, index) => {
    if (holder.children[index] !== node) holder.insertBefore(node, holder.children[index] ?? null);
  });
  drawn.set(holder, now);
  surface.keepOnly(new Set([...holder.querySelectorAll("[data-field]")].map((node) => node.dataset.field)));
  if (focused && !holder.contains(document.activeElement)) giveBack(holder, focused, caret);
}

function giveBack(holder, field, caret) {
  const again = [...holder.querySelectorAll("[data-field]")].find((node) => node.dataset.field === field);
  const target = again?.matches("button, input, textarea, a") ? again : again?.querySelector("input, textarea, button");
  target?.focus({ preventScroll: true });
  if (caret && target && "setSelectionRange" in target && caret[0] !== null) target.setSelectionRange(...caret);
}

function drawBlock(block, surface, index = 0) {
  const draw = DRAW[block.type];
  const inside = draw ? draw(block, surface, index) : unknown(block);
  return h("div", { class: `block block-${block.type}`, data: { blockId: block.block_id ?? "" } }, inside);
}

function unknown(block) {
  return h(
    "details",
    { class: "unknown" },
    h("summary", null, `A ${block.type ?? "nameless"} block`),
    h("pre", { class: "code-block" }, JSON.stringify(block, null, 2)),
  );
}

function section(block, surface) {
  const words = h(
    "div",
    { class: "section-words" },
    block.text ? h("div", { class: "section-text" }, textObject(block.text)) : null,
    block.fields
      ? h(
          "div",
          { class: "fields" },
          block.fields.map((field) => h("div", { class: "field" }, textObject(field))),
        )
      : null,
  );
  if (!block.accessory) return words;
  const place = { blockId: block.block_id, surface, inInput: false, labelId: null };
  if (
    block.text &&
    block.accessory.type !== "button" &&
    block.accessory.type !== "overflow" &&
    block.accessory.type !== "image"
  ) {
    words.id = freshId("section");
    place.labelId = words.id;
  }
  return h("div", { class: "section" }, words, h("div", { class: "accessory" }, drawElement(block.accessory, place)));
}

function context(block) {
  return h(
    "div",
    { class: "context" },
    (block.elements ?? []).map((element) =>
      element.type === "image"
        ? picture(element.image_url ?? "", element.alt_text, "context-image")
        : h("span", { class: "context-text" }, textObject(element)),
    ),
  );
}

function actions(block, surface) {
  return h(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((element) => drawElement(element, { blockId: block.block_id, surface, inInput: false })),
  );
}

function image(block) {
  return h(
    "figure",
    { class: "image" },
    block.title ? h("figcaption", null, textObject(block.title)) : null,
    picture(block.image_url ?? block.slack_file?.url ?? "", block.alt_text, "image-full"),
  );
}

function input(block, surface) {
  const labelId = freshId("label");
  const hintId = block.hint ? freshId("hint") : null;
  const errorId = freshId("error");
  const grouped = ["checkboxes", "radio_buttons", "datetimepicker"].includes(block.element?.type);
  const field = drawElement(block.element ?? {}, {
    blockId: block.block_id,
    surface,
    inInput: true,
    dispatch: block.dispatch_action === true,
    labelId,
    describedBy: [hintId, errorId].filter(Boolean).join(" "),
    optional: block.optional === true,
  });
  const control = field?.matches("input, textarea, button") ? field : field?.querySelector("input, textarea, button");
  return h(
    "div",
    { class: "input", data: { inputBlock: block.block_id ?? "" } },
    h(
      grouped ? "div" : "label",
      { class: "input-label", id: labelId, for: grouped ? null : control?.id },
      textObject(block.label),
      block.optional ? h("span", { class: "optional" }, " (optional)") : null,
    ),
    field,
    h("div", { class: "field-error", id: errorId }),
    block.hint ? h("div", { class: "hint", id: hintId }, textObject(block.hint)) : null,
  );
}

function video(block) {
  return h(
    "div",
    { class: "block-video" },
    block.title_url ? link(block.title_url, textObject(block.title)) : h("strong", null, textObject(block.title)),
    block.description ? h("div", { class: "quiet" }, textObject(block.description)) : null,
    picture(block.thumbnail_url ?? "", block.alt_text, "image-full"),
  );
}

function table(block) {
  const cell = (one) => {
    if (one?.type === "rich_text") return richText(one);
    if (one?.type === "mrkdwn") return textObject(one);
    return plain(String(one?.text?.text ?? one?.text ?? one?.value ?? one ?? ""));
  };
  const settings = block.column_settings ?? [];
  const rows = block.rows ?? [];
  const row = (one, tag) =>
    h(
      "tr",
      null,
      (one.cells ?? one).map((inside, index) =>
        h(
          tag,
          { class: `align-${settings[index]?.align ?? "left"}${settings[index]?.is_wrapped ? " wrapped" : ""}` },
          cell(inside),
        ),
      ),
    );
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "region", aria: { label: textOf(block.caption) || "Table" } },
    h(
      "table",
      null,
      h(
        "thead",
        null,
        rows.slice(0, 1).map((one) => row(one, "th")),
      ),
      h(
        "tbody",
        null,
        rows.slice(1).map((one) => row(one, "td")),
      ),
    ),
  );
}

const textOf = (text) =>
  typeof text === "string" ? text : text?.type === "mrkdwn" ? wordsOf(text.text) : (text?.text ?? "");

function titles(block) {
  return [
    block.title ? h("div", { class: "card-title" }, textObject(block.title)) : null,
    block.subtitle ? h("div", { class: "quiet" }, textObject(block.subtitle)) : null,
  ];
}

function card(block, surface) {
  return h(
    "div",
    { class: "block-card" },
    block.hero_image ? picture(block.hero_image.image_url ?? "", block.hero_image.alt_text, "image-full") : null,
    titles(block),
    block.body ? h("div", null, textObject(block.body)) : null,
    block.subtext ? h("div", { class: "quiet" }, textObject(block.subtext)) : null,
    block.actions?.length ? actions({ block_id: block.block_id, elements: block.actions }, surface) : null,
  );
}

const STATUS = { pending: "○", in_progress: "◔", complete: "✓", error: "✕" };

function taskCard(block) {
  return h(
    "div",
    { class: "task-card" },
    h("span", { class: "task-status", title: block.status }, STATUS[block.status] ?? "○"),
    h(
      "span",
      null,
      h("strong", null, textOf(block.title)),
      block.details ? richText(block.details) : null,
      block.output ? richText(block.output) : null,
    ),
  );
}
