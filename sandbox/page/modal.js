// Modals of apps: up to three on top of each other, the topmost shown. Errors stand under their fields; while the
// app thinks, the window waits; Esc, × and the close button all close.

import { get, post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { freshId, h, icon, replace } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { Surface } from "./surface.js";
import { faultOf } from "./textinput.js";
import { userName, world } from "./world.js";

const TROUBLE = "We had some trouble connecting. Try again?";

/** view id → its window, kept while the view is open so that going back finds everything as it was left. */
const windows = new Map();
let order = [];
let shown = null;

/** Views that this person has closed: what still speaks of them is late. */
const closed = new Set();

/** Counts what was told about the stack, to know an answer that was overtaken. */
let told = 0;

/** Bring the windows in line with the stack of views, bottom first. */
export function showViews(stack) {
  told += 1;
  const views = (stack ?? []).filter((view) => view.type === "modal" && !closed.has(view.id));
  const present = new Set(views.map((view) => view.id));
  for (const id of windows.keys()) if (!present.has(id)) windows.delete(id);
  order = views.map((view) => view.id);
  for (const view of views) {
    const known = windows.get(view.id);
    if (!known) windows.set(view.id, makeWindow(view));
    else if (known.view.hash !== view.hash || JSON.stringify(known.view) !== JSON.stringify(view)) fill(known, view);
  }
  const top = order.at(-1);
  if (shown && shown.id !== top) {
    shown.dialog.close();
    shown = null;
  }
  if (top && !shown) {
    const window = windows.get(top);
    shown = {
      id: top,
      dialog: openDialog(window.box, {
        escape: () => closeTop(),
        className: "modal-layer",
        focus: () => firstField(window),
      }),
    };
  }
}

export function viewChanged(view) {
  const known = windows.get(view.id);
  if (known) fill(known, view);
}

export function viewOpened(view) {
  const stack = order.map((id) => windows.get(id).view).filter((one) => one.id !== view.id);
  showViews([...stack, view]);
}

export function viewClosed(id) {
  showViews(order.filter((one) => one !== id).map((one) => windows.get(one).view));
}

export function forgetViews() {
  showViews([]);
}

function firstField(window) {
  return (
    window.body.querySelector("[data-autofocus='yes']") ??
    window.body.querySelector("input, textarea, .picker, .select-field") ??
    window.box
  );
}

function makeWindow(view) {
  const heading = freshId("modal");
  const window = {
    view,
    surface: new Surface("view", () => ({ type: "view", view_id: window.view.id })),
    title: h("h2", { id: heading }),
    face: h("span", { class: "modal-face" }),
    body: h("div", { class: "dialog-body blocks" }),
    trouble: h("div", { class: "trouble", role: "alert" }),
    foot: h("footer", { class: "dialog-foot" }),
  };
  window.box = h(
    "form",
    {
      class: "dialog modal",
      role: "dialog",
      tabindex: "-1",
      novalidate: true,
      aria: { labelledby: heading },
      data: { viewId: view.id },
      onsubmit: (event) => {
        event.preventDefault();
        submit(window);
      },
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
          event.preventDefault();
          submit(window);
        }
      },
    },
    h(
      "header",
      { class: "dialog-head" },
      window.face,
      window.title,
      h(
        "button",
        { type: "button", class: "icon-button", aria: { label: "Close" }, onclick: () => closeTop() },
        icon("close"),
      ),
    ),
    window.trouble,
    window.body,
    window.foot,
  );
  window.surface.onchange = (blockId) => clearError(window, blockId);
  window.surface.values = structuredClone(view.state?.values ?? {});
  fill(window, view);
  return window;
}

function fill(window, view) {
  const before = window.view === view ? {} : window.view.errors;
  window.view = view;
  replace(window.title, textObject(view.title));
  const app = world.apps.find((one) => one.id === view.app_id);
  replace(window.face, app ? avatar(app.bot_user, 24) : null);
  window.face.title = app ? userName(app.bot_user) : "";
  drawBlocks(window.body, view.blocks ?? [], window.surface);
  const hasInput = (view.blocks ?? []).some((block) => block.type === "input");
  replace(
    window.foot,
    h(
      "button",
      { type: "button", class: "button", onclick: () => closeTop() },
      view.close ? textObject(view.close) : hasInput || view.submit ? "Cancel" : "Close",
    ),
    view.submit || hasInput
      ? h(
          "button",
          { type: "submit", class: "button button-primary submit", disabled: view.submit_disabled },
          h("span", { class: "button-words" }, view.submit ? textObject(view.submit) : "Submit"),
        )
      : null,
  );
  showGivenErrors(window, before);
}

/** Errors that came with the view itself: after a reload, or from another page of the same person. */
function showGivenErrors(window, before) {
  const given = window.view.errors ?? {};
  if (Object.keys(given).length && JSON.stringify(given) !== JSON.stringify(before ?? {})) showErrors(window, given);
}

async function submit(window) {
  const button = window.foot.querySelector(".submit");
  if (!button || window.box.getAttribute("aria-busy") === "true") return;
  window.trouble.textContent = "";
  clearErrors(window);
  const faults = ownFaults(window);
  if (Object.keys(faults).length) {
    showErrors(window, faults);
    return;
  }
  setBusy(window, button, true);
  const answer = await post("submit", { view_id: window.view.id, values: window.surface.values });
  setBusy(window, button, false);
  if (answer.errors) showErrors(window, answer.errors);
  else if (answer.ok === false) {
    window.trouble.textContent =
      answer.error === "operation_timeout" || !answer.error ? TROUBLE : `${TROUBLE} (${answer.error})`;
  } else await settle(answer);
}

/** The stream usually has told already what became of the stack; ask where it has not. */
async function settle(answer) {
  if (answer.stack) showViews(answer.stack);
  else {
    const before = told;
    const state = await get("state");
    if (state.views && told === before) showViews(state.views);
  }
}

function setBusy(window, button, isBusy) {
  button.classList.toggle("busy", isBusy);
  button.disabled = isBusy;
  if (isBusy) window.box.setAttribute("aria-busy", "true");
  else window.box.removeAttribute("aria-busy");
}

/** What Slack refuses by itself before the app is asked. */
function ownFaults(window) {
  const faults = {};
  for (const block of window.view.blocks ?? []) {
    if (block.type !== "input" || !block.element) continue;
    const value = window.surface.values[block.block_id]?.[block.element.action_id];
    const fault = faultOf(block.element, value, block.optional === true);
    if (fault) faults[block.block_id] = fault;
  }
  return faults;
}

const inputOf = (window, blockId) =>
  [...window.body.querySelectorAll("[data-input-block]")].find((node) => node.dataset.inputBlock === blockId);

function showErrors(window, errors) {
  let first = null;
  for (const [blockId, text] of Object.entries(errors)) {
    const input = inputOf(window, blockId);
    if (!input) {
      window.trouble.textContent = text;
      continue;
    }
    input.classList.add("invalid");
    replace(input.querySelector(".field-error"), icon("warn", 14), h("span", null, text));
    const control = input.querySelector("input, textarea, .picker");
    control?.setAttribute("aria-invalid", "true");
    if (!first || input.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) first = input;
  }
  first?.querySelector("input, textarea, .picker")?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

function clearError(window, blockId) {
  const input = inputOf(window, blockId);
  if (!input?.classList.contains("invalid")) return;
  input.classList.remove("invalid");
  input.querySelector(".field-error").replaceChildren();
  input.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
}

function clearErrors(window) {
  for (const input of window.body.querySelectorAll(".invalid")) clearError(window, input.dataset.inputBlock);
}

async function closeTop() {
  const id = order.at(-1);
  if (!id) return;
  closed.add(id);
  viewClosed(id);
  const answer = await post("close", { view_id: id });
  if (answer.error === "sandbox_unreachable") closed.delete(id);
}
