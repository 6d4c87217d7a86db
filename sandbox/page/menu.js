// Lists that open beside a button: overflow menus, message actions, the jumps of the clock.
// Arrow keys walk, Enter takes, Esc closes and gives the focus back.

import { h } from "./dom.js";

let open = null;

export function closeMenu(giveFocusBack = true) {
  if (!open) return false;
  const { list, anchor } = open;
  open = null;
  list.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (giveFocusBack) anchor.focus();
  return true;
}

export const menuIsOpen = () => open !== null;

/**
 * Place a floating box by its anchor: below if there is room, else above, always inside the window.
 */
export function place(box, anchor, { align = "start", matchWidth = false } = {}) {
  const around = anchor.getBoundingClientRect();
  if (matchWidth) box.style.minWidth = `${Math.min(around.width, window.innerWidth - 16)}px`;
  const { width, height } = box.getBoundingClientRect();
  const wanted = align === "end" ? around.right - width : around.left;
  const left = Math.max(8, Math.min(wanted, window.innerWidth - width - 8));
  const below = around.bottom + 4;
  const fits = below + height <= window.innerHeight - 8;
  const top = fits ? below : Math.max(8, around.top - height - 4);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/**
 * Open a menu. `items`: {label, detail?, act, danger?, disabled?} or {heading}. `label` names the menu for screen readers.
 */
export function openMenu(anchor, label, items, { align = "start" } = {}) {
  const again = open?.anchor === anchor;
  closeMenu(false);
  if (again) return;
  const list = h("div", { class: "menu", role: "menu", aria: { label } });
  for (const item of items) {
    if (item.heading) {
      list.append(h("div", { class: "menu-heading", role: "presentation" }, item.heading));
      continue;
    }
    list.append(
      h(
        "button",
        {
          type: "button",
          class: `menu-item${item.danger ? " menu-danger" : ""}`,
          role: "menuitem",
          tabindex: "-1",
          disabled: item.disabled,
          onclick: () => {
            closeMenu();
            item.act();
          },
        },
        h("span", { class: "menu-label" }, item.label),
        item.detail ? h("span", { class: "menu-detail" }, item.detail) : null,
      ),
    );
  }
  list.addEventListener("keydown", walk);
  open = { list, anchor };
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest("[role=dialog]") ?? document.body).append(list);
  place(list, anchor, { align });
  itemsOf(list)[0]?.focus();
}

const itemsOf = (list) => [...list.querySelectorAll("[role=menuitem]:not(:disabled)")];

function walk(event) {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    items[to]?.focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  } else if (event.key === "Tab") {
    closeMenu();
  } else if (event.key.length === 1 && event.key !== " ") {
    const found = items.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    found?.focus();
  }
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.list.contains(event.target) && !open.anchor.contains(event.target)) closeMenu(false);
});
window.addEventListener("resize", () => closeMenu(false));
