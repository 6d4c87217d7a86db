// The Home tab of an app, in its direct message. Opening it tells the app (app_home_opened), which may then publish a new view.

import { get } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { byId, h, replace } from "./dom.js";
import { Surface } from "./surface.js";

let open = null;
let view = null;
let surface = null;
let holder = null;

export async function showHome(app) {
  const home = byId("home");
  home.hidden = false;
  if (open !== app.id) {
    open = app.id;
    view = null;
    surface = new Surface("view", () => ({ type: "view", view_id: view?.id }));
    holder = h("div", { class: "blocks home-blocks" });
    replace(home, h("p", { class: "quiet home-empty", role: "status" }, "Opening…"));
  }
  const answer = await get("home", { app: app.id });
  if (open === app.id) draw(answer.view, app.name);
}

export function hideHome() {
  open = null;
  byId("home").hidden = true;
}

export function homePublished(appId, published) {
  if (open === appId) draw(published);
}

function draw(newer, appName = "This app") {
  const home = byId("home");
  if (!newer) {
    if (!view)
      replace(home, h("p", { class: "quiet home-empty" }, `${appName} has not published a Home tab for you yet.`));
    return;
  }
  view = newer;
  if (holder.parentNode !== home) replace(home, holder);
  drawBlocks(holder, view.blocks ?? [], surface);
}
