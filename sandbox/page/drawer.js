// The drawer on the right that holds either the inspector or the faults.

import { closeFaults, openFaults } from "./faults.js";
import { byId, h, icon, replace } from "./dom.js";
import { closeInspector, openInspector } from "./inspector.js";

const KINDS = {
  inspector: { title: "Inspector", open: openInspector, close: closeInspector, button: "inspector-button" },
  faults: { title: "Faults", open: openFaults, close: closeFaults, button: "faults-button" },
};

let shown = null;

export function startDrawer() {
  for (const [kind, { button }] of Object.entries(KINDS)) byId(button).addEventListener("click", () => toggle(kind));
  byId("drawer").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      hide();
    }
  });
}

function toggle(kind) {
  if (shown === kind) hide();
  else show(kind);
}

function show(kind) {
  if (shown) KINDS[shown].close();
  shown = kind;
  const body = h("div", { class: "drawer-body" });
  const close = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      aria: { label: `Close ${KINDS[kind].title.toLowerCase()}` },
      onclick: hide,
    },
    icon("close"),
  );
  replace(byId("drawer"), h("header", { class: "drawer-head" }, h("h2", null, KINDS[kind].title), close), body);
  byId("drawer").hidden = false;
  byId("drawer").setAttribute("aria-label", KINDS[kind].title);
  mark();
  KINDS[kind].open(body);
  close.focus();
}

function hide() {
  if (!shown) return;
  const { button, close } = KINDS[shown];
  close();
  shown = null;
  byId("drawer").hidden = true;
  mark();
  byId(button).focus();
}

function mark() {
  for (const [kind, { button }] of Object.entries(KINDS))
    byId(button).setAttribute("aria-expanded", String(shown === kind));
}
