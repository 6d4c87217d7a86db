// Text fields of forms: one line, many lines, addresses, numbers. They count what is left, and send actions
// while typing or on Enter where the app asked for it (dispatch_action_config).

import { freshId, h } from "./dom.js";
import { withEmoji } from "./emoji.js";

const KINDS = {
  email_text_input: "email",
  url_text_input: "url",
  number_input: "text",
  plain_text_input: "text",
  rich_text_input: "text",
};

export function textInput(element, { blockId, surface, inInput, dispatch, labelId, describedBy, optional }) {
  const many = element.multiline || element.type === "rich_text_input";
  const held = surface.held(blockId, element.action_id, element.type);
  const initial = held ? textOf(held) : startOf(element);
  const holdValue = (text) =>
    surface.hold(blockId, element.action_id, { type: element.type, ...valueOf(element, text) });
  holdValue(initial);

  const when = element.dispatch_action_config?.trigger_actions_on ?? (dispatch ? ["on_enter_pressed"] : []);
  const sends = dispatch || !inInput;
  let timer = null;
  const send = () => {
    clearTimeout(timer);
    if (sends) surface.act(element, blockId, valueOf(element, field.value), null);
  };
  const count = element.max_length ? h("span", { class: "field-count", aria: { hidden: true } }) : null;
  const recount = () => {
    if (!count) return;
    const left = element.max_length - field.value.length;
    count.textContent = left <= Math.max(20, element.max_length / 10) ? String(left) : "";
    count.classList.toggle("over", left < 0);
  };
  const field = h(many ? "textarea" : "input", {
    class: "text-field",
    id: freshId("field"),
    type: many ? null : KINDS[element.type],
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    rows: many ? 4 : null,
    value: initial,
    placeholder: element.placeholder ? withEmoji(element.placeholder.text) : null,
    autocomplete: "off",
    aria: { labelledby: labelId, describedby: describedBy, required: inInput ? String(!optional) : null },
    data: { autofocus: element.focus_on_load ? "yes" : "" },
    oninput: () => {
      holdValue(field.value);
      recount();
      if (many) grow(field);
      if (when.includes("on_character_entered")) {
        clearTimeout(timer);
        timer = setTimeout(send, 300);
      }
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || (many && !(event.metaKey || event.ctrlKey))) return;
      if (sends && when.includes("on_enter_pressed")) {
        event.preventDefault();
        event.stopPropagation();
        send();
      }
    },
  });
  recount();
  if (many) requestAnimationFrame(() => grow(field));
  return h("div", { class: "text-field-holder" }, field, count);
}

/** Let a field of many lines be as tall as its text, up to a limit set in the style sheet. */
export function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function startOf(element) {
  if (element.type === "rich_text_input")
    return element.initial_value ? textOf({ rich_text_value: element.initial_value }) : "";
  return element.initial_value ?? "";
}

function textOf(value) {
  if (!value.rich_text_value) return value.value ?? "";
  return (value.rich_text_value.elements ?? [])
    .flatMap((part) => part.elements ?? [])
    .map((piece) => piece.text ?? "")
    .join("");
}

function valueOf(element, text) {
  if (element.type !== "rich_text_input") return { value: text === "" ? null : text };
  if (!text) return { rich_text_value: null };
  return {
    rich_text_value: {
      type: "rich_text",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
    },
  };
}

/** What Slack itself says about a field before it bothers the app, or null. `value` is the state value of the element. */
export function faultOf(element, value, optional) {
  const single =
    value?.value ??
    value?.selected_option ??
    value?.selected_date ??
    value?.selected_time ??
    value?.selected_date_time ??
    value?.selected_user ??
    value?.selected_channel ??
    value?.selected_conversation ??
    value?.rich_text_value;
  const many =
    value?.selected_options ??
    value?.selected_users ??
    value?.selected_channels ??
    value?.selected_conversations ??
    value?.files;
  const empty = many
    ? many.length === 0
    : single === null || single === undefined || (typeof single === "string" && !single.trim());
  if (empty) return optional ? null : "Please complete this required field.";
  const text = value?.value;
  if (typeof text !== "string") return null;
  if (element.min_length && text.length < element.min_length)
    return `Must be at least ${element.min_length} characters.`;
  if (element.max_length && text.length > element.max_length)
    return `Must be no more than ${element.max_length} characters.`;
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return "Please enter a valid email address.";
  if (element.type === "url_text_input" && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text))
    return "Please enter a valid URL.";
  if (element.type === "number_input") return numberFault(element, text);
  return null;
}

function numberFault(element, text) {
  if (!(element.is_decimal_allowed ? /^[+-]?\d*\.?\d+$/ : /^[+-]?\d+$/).test(text)) {
    return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
  }
  if (element.min_value !== undefined && Number(text) < Number(element.min_value))
    return `Must be ${element.min_value} or more.`;
  if (element.max_value !== undefined && Number(text) > Number(element.max_value))
    return `Must be ${element.max_value} or less.`;
  return null;
}
