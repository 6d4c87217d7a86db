// The drawer with everything that went over the wire between the sandbox and the apps.

import { get } from "./api.js";
import { h, replace } from "./dom.js";
import { time } from "./dates.js";

const KEEP = 300;
const WAYS = { in: ["→", "from the app"], out: ["←", "to the app"], socket: ["⇄", "over the socket"] };

let seen = new Set();
let list = null;
let filter = "";

export const inspectorIsOpen = () => list !== null;

export async function openInspector(panel) {
  seen = new Set();
  list = h("div", { class: "traffic", role: "list", aria: { label: "Traffic, newest first" } });
  const field = h("input", {
    class: "text-field",
    type: "search",
    placeholder: "Filter: chat.postMessage, /ask, 429 …",
    aria: { label: "Filter the traffic" },
    value: filter,
    oninput: () => {
      filter = field.value.trim().toLowerCase();
      for (const row of list.children) row.hidden = !wanted(row);
    },
  });
  replace(
    panel,
    h(
      "div",
      { class: "drawer-tools" },
      field,
      h("button", { type: "button", class: "button", onclick: () => list.replaceChildren() }, "Clear"),
    ),
    list,
  );
  const answer = await get("traffic", { after: 0 });
  const entries = (answer.entries ?? []).slice(-KEEP);
  for (const entry of entries) trafficArrived(entry);
  if (!entries.length) list.append(h("p", { class: "quiet nothing" }, "Nothing yet. Run a command or press a button."));
}

export function closeInspector() {
  list = null;
}

export function trafficArrived(entry) {
  if (!list || !entry || seen.has(entry.n)) return;
  seen.add(entry.n);
  list.querySelector(".nothing")?.remove();
  const row = draw(entry);
  row.hidden = !wanted(row);
  // Entries come as they end; they are listed as they began.
  const older = [...list.children].find((one) => Number(one.dataset.number ?? -1) < entry.n);
  list.insertBefore(row, older ?? null);
  while (list.children.length > KEEP) list.lastElementChild.remove();
}

const wanted = (row) => !filter || row.dataset.words.includes(filter);

const failed = (entry) => Number(entry.status) >= 400 || entry.status === "error" || entry.response?.ok === false;

function draw(entry) {
  const [arrow, words] = WAYS[entry.direction] ?? ["·", entry.direction ?? ""];
  const note = entry.response?.ok === false ? entry.response.error : entry.status;
  const details = h(
    "details",
    {
      class: `entry way-${entry.direction}${failed(entry) ? " entry-failed" : ""}`,
      data: { words: `${entry.what} ${entry.status} ${note} ${entry.direction}`.toLowerCase() },
    },
    h(
      "summary",
      null,
      h("span", { class: "way", title: words, aria: { label: words } }, arrow),
      h("span", { class: "what" }, entry.what),
      h("span", { class: "note" }, String(note ?? "")),
      h("span", { class: "took" }, entry.ms === undefined || entry.ms === null ? "" : `${Math.round(entry.ms)} ms`),
      h("time", { class: "took" }, entry.at ? time(entry.at) : ""),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".json")) {
      details.append(part("Request", entry.request), part("Response", entry.response));
    }
  });
  const item = h("div", { role: "listitem", data: { words: details.dataset.words, number: entry.n } }, details);
  return item;
}

function part(title, value) {
  return h(
    "div",
    { class: "json" },
    h("h4", null, title),
    value === undefined || value === null ? h("p", { class: "quiet" }, "empty") : tree(readable(value), true),
  );
}

/** Bodies that are JSON inside strings are shown as JSON. */
function readable(value) {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (!/^[[{]/.test(text)) return value;
  try {
    return JSON.parse(text);
  } catch {
    return value;
  }
}

function tree(value, open = false) {
  const said = readable(value);
  if (said === null || typeof said !== "object")
    return h(
      "span",
      { class: `leaf leaf-${said === null ? "null" : typeof said}` },
      JSON.stringify(said) ?? "undefined",
    );
  const entries = Array.isArray(said) ? said.map((one, index) => [index, one]) : Object.entries(said);
  if (!entries.length) return h("span", { class: "leaf" }, Array.isArray(said) ? "[]" : "{}");
  const node = h(
    "details",
    { class: "tree", open },
    h("summary", null, Array.isArray(said) ? `[${entries.length}]` : `{${entries.length}}`),
  );
  const fill = () => {
    if (node.querySelector("ul")) return;
    node.append(
      h(
        "ul",
        null,
        entries.map(([key, one]) => h("li", null, h("span", { class: "key" }, `${key}: `), tree(one))),
      ),
    );
  };
  if (open) fill();
  else node.addEventListener("toggle", fill, { once: true });
  return node;
}
