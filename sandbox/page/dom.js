// Builds elements. Text always goes in as text nodes, so nothing a person or an app wrote is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make one element: h("button", {class: "primary", onclick: act, aria: {label: "Send"}}, "Send").
 * `false`, `null` and `undefined` leave an attribute or a child out.
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "aria") for (const [key, said] of Object.entries(value)) setAria(element, key, said);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, said] of Object.entries(value)) element.style.setProperty(key, said);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === false || child === null || child === undefined) continue;
    element.append(child);
  }
  return element;
}

export function setAria(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(`aria-${name}`);
  else element.setAttribute(`aria-${name}`, String(value));
}

export function replace(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

export function byId(id) {
  return document.getElementById(id);
}

let counter = 0;

/** A fresh id for tying a label, a hint or an error to its field. */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

const DRAWINGS = {
  hash: "M7.5 3 6 17 M14 3l-1.5 14 M3 7.2h14.2 M2.6 12.8h14.2",
  lock: "M5 9h10v8H5z M7 9V6.5a3 3 0 0 1 6 0V9",
  send: "M3 3.2 17.5 10 3 16.8 5.2 10z M5.2 10h6",
  more: "M10 4.5v.01 M10 10v.01 M10 15.5v.01",
  thread: "M3 4h14v9H9l-4 3.6V13H3z M6.5 7.4h7 M6.5 9.9h4.5",
  close: "M4.5 4.5l11 11 M15.5 4.5l-11 11",
  down: "M5 7.5l5 5 5-5",
  right: "M7.5 5l5 5-5 5",
  left: "M12.5 5l-5 5 5 5",
  menu: "M3 5.5h14 M3 10h14 M3 14.5h14",
  clock: "M10 2.8a7.2 7.2 0 1 0 .01 0z M10 6v4.2l2.8 1.8",
  eye: "M1.8 10S5 4.6 10 4.6 18.2 10 18.2 10 15 15.4 10 15.4 1.8 10 1.8 10z M10 7.8a2.2 2.2 0 1 0 .01 0z",
  traffic: "M3 6.5h12 M12 3.5l3 3-3 3 M17 13.5H5 M8 10.5l-3 3 3 3",
  bolt: "M11 2.5 4.5 11.2h4.2L8 17.5l7-9H10.6z",
  calendar: "M3.5 5h13v12h-13z M3.5 8.5h13 M7 3v3.4 M13 3v3.4",
  search: "M8.8 3.6a5.2 5.2 0 1 0 .01 0z M12.8 12.8 17 17",
  plus: "M10 4v12 M4 10h12",
  check: "M4 10.5l4 4 8-9",
  at: "M10 6.8a3.2 3.2 0 1 0 .01 0z M13.2 6.8v4.4c0 2.6 3.6 2.2 3.6-1.4A6.9 6.9 0 1 0 13.6 15.8",
  slash: "M13.2 3 6.8 17",
  warn: "M10 3 18 16.8H2z M10 8v4.2 M10 14.4v.01",
  link: "M8.2 11.8l3.6-3.6 M9.4 6.2l2-2a3.1 3.1 0 0 1 4.4 4.4l-2 2 M10.6 13.8l-2 2a3.1 3.1 0 0 1-4.4-4.4l2-2",
  file: "M5 2.8h7l3.5 3.6v10.8H5z M12 2.8v3.8h3.5",
};

/** A line drawing of 20 × 20, hidden from screen readers: the control around it carries the label. */
export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    class: `icon icon-${name}`,
  })) {
    svg.setAttribute(key, value);
  }
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name] ?? "");
  svg.append(path);
  return svg;
}
