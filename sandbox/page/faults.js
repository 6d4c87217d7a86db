// The drawer of faults: what can go wrong with Slack, made to happen on purpose; and what an admin can do.

import { get, post } from "./api.js";
import { freshId, h, replace } from "./dom.js";
import { toast } from "./toast.js";
import { tell, userName, world } from "./world.js";

let panel = null;

export async function openFaults(holder) {
  panel = holder;
  replace(panel, h("p", { class: "quiet" }, "Loading…"));
  const answer = await get("faults");
  draw(answer);
}

export function closeFaults() {
  panel = null;
}

export async function faultsChanged() {
  if (!panel || panel.contains(document.activeElement)) return;
  draw(await get("faults"));
}

function draw(answer) {
  if (!panel) return;
  const active = answer.active ?? [];
  replace(
    panel,
    h(
      "section",
      { class: "fault-group", aria: { label: "Active faults" } },
      h("h3", null, "Active"),
      active.length
        ? h(
            "ul",
            { class: "active-faults" },
            active.map((fault) =>
              h(
                "li",
                null,
                h("strong", null, fault.label ?? fault.name),
                " ",
                h("span", { class: "quiet" }, particulars(fault)),
              ),
            ),
          )
        : h("p", { class: "quiet" }, "None. Slack behaves."),
      active.length
        ? h("button", { type: "button", class: "button button-danger", onclick: clear }, "Clear all faults")
        : null,
    ),
    h(
      "section",
      { class: "fault-group", aria: { label: "Make something fail" } },
      h("h3", null, "Make something fail"),
      chooser(
        "What",
        (answer.available ?? []).map((fault) => ({
          label: fault.label ?? fault.name,
          fields: fault.fields ?? [],
          verb: "Arm",
          act: (values) => post("fault", { name: fault.name, ...values }),
        })),
      ),
    ),
    h(
      "section",
      { class: "fault-group", aria: { label: "As an admin" } },
      h("h3", null, "As an admin"),
      chooser(
        "What",
        ADMIN.map(({ does, label, fields }) => ({
          label,
          fields,
          verb: "Do it",
          act: (values) => post("admin", { do: does, ...values }),
        })),
      ),
    ),
  );
}

const ADMIN = [
  {
    does: "archive_channel",
    label: "Archive a channel",
    fields: [{ name: "channel", label: "Channel", type: "channel" }],
  },
  {
    does: "unarchive_channel",
    label: "Open an archived channel again",
    fields: [{ name: "channel", label: "Channel", type: "archived" }],
  },
  {
    does: "join_channel",
    label: "Put somebody into a channel",
    fields: [
      { name: "user", label: "Person or app", type: "anybody" },
      { name: "channel", label: "Channel", type: "channel" },
    ],
  },
  {
    does: "leave_channel",
    label: "Take somebody out of a channel",
    fields: [
      { name: "user", label: "Person or app", type: "anybody" },
      { name: "channel", label: "Channel", type: "channel" },
    ],
  },
  { does: "deactivate_user", label: "Deactivate a person", fields: [{ name: "user", label: "Person", type: "user" }] },
  {
    does: "reactivate_user",
    label: "Bring a person back",
    fields: [{ name: "user", label: "Person", type: "former" }],
  },
  { does: "revoke_token", label: "Revoke an app's token", fields: [{ name: "app", label: "App", type: "app" }] },
  { does: "uninstall", label: "Uninstall an app", fields: [{ name: "app", label: "App", type: "app" }] },
  { does: "cut_sockets", label: "Cut an app's sockets", fields: [{ name: "app", label: "App", type: "app" }] },
  {
    does: "warn_sockets",
    label: "Warn an app's sockets that they will close",
    fields: [{ name: "app", label: "App", type: "app" }],
  },
  {
    does: "refresh_sockets",
    label: "Ask an app to open new sockets",
    fields: [{ name: "app", label: "App", type: "app" }],
  },
];

function particulars(fault) {
  return Object.entries(fault)
    .filter(([key, value]) => !["name", "label"].includes(key) && value !== null && value !== "")
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

async function clear() {
  await post("fault/clear");
  toast("All faults are cleared");
  draw(await get("faults"));
}

/** One list of deeds; the fields of the chosen one stand under it. */
function chooser(label, deeds) {
  const id = freshId("deed");
  const holder = h("div");
  const list = h(
    "select",
    { id, class: "text-field", onchange: () => show() },
    deeds.map((deed, index) => h("option", { value: index }, deed.label)),
  );
  const show = () => {
    const deed = deeds[Number(list.value)];
    replace(holder, deed ? form(deed.label, deed.fields, deed.verb, deed.act) : null);
  };
  show();
  return h("div", null, h("label", { class: "fault-field", for: id }, h("span", null, label), list), holder);
}

function form(title, fields, verb, act) {
  const controls = fields.map((given) => {
    const field =
      typeof given === "string"
        ? { name: given, label: given.replaceAll("_", " "), type: guess(given), ...KNOWN[given] }
        : given;
    const id = freshId("fault");
    return { field, id, control: control(field, id) };
  });
  return h(
    "form",
    {
      class: "fault-form",
      onsubmit: async (event) => {
        event.preventDefault();
        const values = {};
        for (const { field, control: one } of controls) {
          if (one.value === "") continue;
          values[field.name] = field.type === "number" ? Number(one.value) : one.value;
        }
        const answer = await act(values);
        if (answer.ok === false) toast(`${title}: ${answer.error}`, "error");
        else toast(`${title}: done`);
        document.activeElement?.blur();
        tell("faults");
      },
    },
    controls.map(({ field, id, control: one }) =>
      h("label", { class: "fault-field", for: id }, h("span", null, field.label ?? field.name), one),
    ),
    h("button", { type: "submit", class: "button" }, verb),
  );
}

const people = (wanted) => [...world.users.values()].filter(wanted).map((user) => [user.id, userName(user.id)]);

const KNOWN = {
  times: { type: "number", default: 1 },
  seconds: { type: "number", default: 5 },
  method: { type: "text", default: "*" },
  kind: { type: "select", options: ["*", "command", "interactive", "options", "events"] },
  error: { type: "text", default: "internal_error" },
};

const guess = (name) =>
  /second|count|times|number|status|after/.test(name)
    ? "number"
    : /channel/.test(name)
      ? "channel"
      : /user/.test(name)
        ? "user"
        : /app/.test(name)
          ? "app"
          : "text";

function control(field, id) {
  const options = {
    user: () => people((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT"),
    former: () => people((user) => user.deleted),
    anybody: () => people((user) => !user.deleted && user.id !== "USLACKBOT"),
    archived: () =>
      [...world.channels.values()]
        .filter((channel) => channel.is_archived)
        .map((channel) => [channel.id, `#${channel.name}`]),
    channel: () =>
      [...world.channels.values()]
        .filter((channel) => !channel.is_im && !channel.is_archived)
        .map((channel) => [channel.id, `#${channel.name}`]),
    app: () => world.apps.map((app) => [app.id, app.name]),
    select: () =>
      (field.options ?? []).map((option) =>
        typeof option === "object" ? [option.value, option.label] : [option, option],
      ),
  }[field.type]?.();
  if (options) {
    return h(
      "select",
      { id, class: "text-field" },
      options.map(([value, label]) => h("option", { value, selected: value === field.default }, label)),
    );
  }
  return h("input", {
    id,
    class: "text-field",
    type: field.type === "number" ? "number" : "text",
    step: "any",
    value: field.default === undefined || field.default === null ? "" : String(field.default),
  });
}
