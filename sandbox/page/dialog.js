// Windows over the page: focus goes in, stays in, and comes back to where it was.

import { byId, freshId, h, icon } from "./dom.js";

const stack = [];

const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex='0']";

export const dialogIsOpen = () => stack.length > 0;

/** The things in a box that Tab can reach, in order. */
export function focusable(box) {
  return [...box.querySelectorAll(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
}

/**
 * Show a window. `escape()` is called on Esc and on a press beside it. Returns {close}; closing gives the focus back.
 */
export function openDialog(box, { escape, className = "", focus } = {}) {
  const before = document.activeElement;
  const layer = h("div", { class: `dialog-layer ${className}` }, box);
  const entry = { layer, box, before };
  box.setAttribute("role", box.getAttribute("role") ?? "dialog");
  box.setAttribute("aria-modal", "true");
  layer.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      escape?.();
    } else if (event.key === "Tab") keepInside(event, box);
  });
  layer.addEventListener("pointerdown", (event) => {
    if (event.target === layer) escape?.();
  });
  stack.push(entry);
  document.body.append(layer);
  cover();
  (focus?.() ?? focusable(box)[0] ?? box).focus({ preventScroll: true });
  return {
    layer,
    close() {
      const index = stack.indexOf(entry);
      if (index < 0) return;
      const hadFocus = box.contains(document.activeElement) || document.activeElement === document.body;
      stack.splice(index, 1);
      layer.remove();
      cover();
      if (hadFocus) (before?.isConnected ? before : byId("composer-text"))?.focus({ preventScroll: true });
    },
  };
}

function keepInside(event, box) {
  const reachable = focusable(box);
  if (!reachable.length) {
    event.preventDefault();
    return;
  }
  const [first, last] = [reachable[0], reachable.at(-1)];
  if (event.shiftKey && (document.activeElement === first || document.activeElement === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

function cover() {
  const page = byId("page");
  if (page) page.inert = stack.length > 0;
  stack.forEach((entry, index) => {
    entry.layer.inert = index < stack.length - 1;
  });
}

/** Block Kit's confirmation dialog. Resolves to true if the person confirms. */
export function confirmWith(title, text, { confirm, deny, style } = {}) {
  return new Promise((decide) => {
    const heading = freshId("confirm");
    const finish = (decision) => {
      shown.close();
      decide(decision);
    };
    const box = h(
      "div",
      { class: "dialog dialog-small", role: "alertdialog", tabindex: "-1", aria: { labelledby: heading } },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: heading }, title),
        h(
          "button",
          { type: "button", class: "icon-button", aria: { label: "Close" }, onclick: () => finish(false) },
          icon("close"),
        ),
      ),
      h("div", { class: "dialog-body" }, text),
      h(
        "footer",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onclick: () => finish(false) }, deny),
        h(
          "button",
          {
            type: "button",
            class: `button ${style === "danger" ? "button-danger-solid" : "button-primary"}`,
            onclick: () => finish(true),
          },
          confirm,
        ),
      ),
    );
    const shown = openDialog(box, {
      escape: () => finish(false),
      className: "dialog-over",
      focus: () => box.querySelector("footer button:last-child"),
    });
  });
}

/** A window of the page's own: a title, anything inside, a way out. Returns {close}. */
export function panelDialog(title, content, { onclose, focus, className = "" } = {}) {
  const heading = freshId("panel");
  const finish = () => {
    shown.close();
    onclose?.();
  };
  const box = h(
    "div",
    { class: `dialog ${className}`, tabindex: "-1", aria: { labelledby: heading } },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: heading }, title),
      h("button", { type: "button", class: "icon-button", aria: { label: "Close" }, onclick: finish }, icon("close")),
    ),
    h("div", { class: "dialog-body" }, content),
  );
  const shown = openDialog(box, { escape: finish, focus });
  return { close: finish };
}
