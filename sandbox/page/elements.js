// The things in blocks that people press or fill in. Each element is drawn with what is already held for it,
// keeps its value in the surface, and sends an action where Slack would.
// Elements: https://docs.slack.dev/reference/block-kit/block-elements

import { h, icon, freshId } from "./dom.js";
import { openMenu } from "./menu.js";
import { plain, textObject } from "./mrkdwn.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { select } from "./selects.js";
import { textInput } from "./textinput.js";
import { world } from "./world.js";

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: textInput,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  image: accessoryImage,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  file_input: fileInput,
};

/**
 * Draw one interactive element. `place`: {blockId, surface, inInput: is it the field of an input block, dispatch: does that
 * block send actions, labelId, describedBy, optional}.
 */
export function drawElement(element, place) {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(world.me)) return null;
  const draw = DRAW[element.type] ?? (/select$/.test(element.type) ? select : null);
  const node = draw ? draw(element, place) : h("span", { class: "unknown" }, `${element.type} is not drawn here`);
  if (node && element.action_id) {
    node.dataset.field = `${place.blockId}\n${element.action_id}`;
    node.dataset.actionId = element.action_id;
  }
  return node;
}

function button(element, { blockId, surface }) {
  const style = { primary: " button-primary", danger: " button-danger" }[element.style] ?? "";
  const node = h(
    element.url ? "a" : "button",
    {
      type: element.url ? null : "button",
      href: element.url && /^https?:/i.test(element.url) ? element.url : null,
      target: element.url ? "_blank" : null,
      rel: element.url ? "noopener noreferrer" : null,
      class: `button block-button${style}`,
      aria: { label: element.accessibility_label },
      onclick: () =>
        surface.act(
          element,
          blockId,
          { text: element.text, value: element.value, ...(element.style ? { style: element.style } : {}) },
          node,
        ),
    },
    h("span", { class: "button-words" }, textObject(element.text)),
  );
  return node;
}

function overflow(element, { blockId, surface }) {
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow",
      aria: { label: "More options", haspopup: "menu", expanded: "false" },
      onclick: () =>
        openMenu(
          node,
          "More options",
          (element.options ?? []).map((option) => ({
            label: textObject(option.text),
            detail: option.description ? textObject(option.description) : null,
            act: () => {
              if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener");
              surface.act(element, blockId, { selected_option: option }, node);
            },
          })),
          { align: "end" },
        ),
    },
    icon("more", 16),
  );
  return node;
}

function checkboxes(element, place) {
  const initial =
    place.surface.held(place.blockId, element.action_id, element.type)?.selected_options ??
    element.initial_options ??
    [];
  return choices(element, place, "checkbox", initial, (chosen) => ({ selected_options: chosen }));
}

function radioButtons(element, place) {
  const held = place.surface.held(place.blockId, element.action_id, element.type);
  const initial = held ? held.selected_option : element.initial_option;
  return choices(element, place, "radio", initial ? [initial] : [], (chosen) => ({
    selected_option: chosen[0] ?? null,
  }));
}

function choices(element, { blockId, surface, inInput, dispatch, labelId, describedBy }, kind, initial, valueOf) {
  const name = freshId("choice");
  const wanted = new Set(initial.map((option) => option.value));
  const options = element.options ?? [];
  surface.hold(blockId, element.action_id, {
    type: element.type,
    ...valueOf(options.filter((option) => wanted.has(option.value))),
  });
  const node = h("div", {
    class: "choices",
    role: kind === "radio" ? "radiogroup" : "group",
    aria: { labelledby: labelId, describedby: describedBy },
  });
  options.forEach((option, index) => {
    const detail = option.description ? freshId("detail") : null;
    node.append(
      h(
        "label",
        { class: "choice" },
        h("input", {
          type: kind,
          name,
          id: index === 0 ? freshId("field") : null,
          checked: wanted.has(option.value),
          aria: { describedby: detail },
          onchange: () => {
            const chosen = options.filter((_, at) => node.querySelectorAll("input")[at].checked);
            surface.hold(blockId, element.action_id, { type: element.type, ...valueOf(chosen) });
            if (!inInput || dispatch) surface.act(element, blockId, valueOf(chosen), node);
          },
        }),
        h(
          "span",
          null,
          h("span", { class: "choice-text" }, textObject(option.text)),
          option.description ? h("span", { class: "choice-detail", id: detail }, textObject(option.description)) : null,
        ),
      ),
    );
  });
  return node;
}

export function picture(source, alternative, className) {
  const failed = () =>
    node.replaceWith(
      h(
        "span",
        { class: `${className} image-missing`, role: "img", aria: { label: alternative } },
        alternative || "Image",
      ),
    );
  const node = h("img", { class: className, src: source, alt: alternative ?? "", loading: "lazy", onerror: failed });
  return node;
}

function accessoryImage(element) {
  return picture(element.image_url ?? element.slack_file?.url ?? "", element.alt_text, "accessory-image");
}

function feedbackButtons(element, { blockId, surface }) {
  const one = (which, fallback) => {
    const said = element[which];
    if (!said) return null;
    const node = h(
      "button",
      {
        type: "button",
        class: "button block-button",
        aria: { label: said.accessibility_label },
        onclick: () => surface.act(element, blockId, { value: said.value, text: said.text }, node),
      },
      fallback,
      " ",
      textObject(said.text),
    );
    return node;
  };
  return h("span", { class: "button-pair", role: "group" }, one("positive_button", "👍"), one("negative_button", "👎"));
}

function iconButton(element, { blockId, surface }) {
  const said = element.text?.text ?? element.icon ?? "Action";
  const node = h(
    "button",
    {
      type: "button",
      class: "button block-button",
      aria: { label: element.accessibility_label ?? said },
      onclick: () => surface.act(element, blockId, { value: element.value }, node),
    },
    icon(element.icon === "trash" ? "close" : "check", 14),
    " ",
    plain(said),
  );
  return node;
}

/** Files go into the value by name, as Slack lists them after an upload; the sandbox keeps no contents of them. */
function fileInput(element, { blockId, surface, labelId, describedBy }) {
  const held = surface.held(blockId, element.action_id, element.type)?.files ?? [];
  surface.hold(blockId, element.action_id, { type: element.type, files: held });
  const names = h("span", { class: "choice-detail" }, held.map((file) => file.name).join(", "));
  const field = h("input", {
    type: "file",
    id: freshId("field"),
    multiple: (element.max_files ?? 10) > 1,
    accept: (element.filetypes ?? []).map((ending) => `.${ending}`).join(",") || null,
    aria: { labelledby: labelId, describedby: describedBy },
    onchange: () => {
      const files = [...field.files].slice(0, element.max_files ?? 10).map((file, index) => ({
        id: `F${Date.now().toString(36).toUpperCase()}${index}`,
        name: file.name,
        title: file.name,
        size: file.size,
        mimetype: file.type,
      }));
      surface.hold(blockId, element.action_id, { type: element.type, files });
      names.textContent = files.map((file) => file.name).join(", ");
    },
  });
  return h("div", { class: "file-input" }, field, names);
}
