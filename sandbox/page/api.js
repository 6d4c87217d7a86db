// The wire between the page and the sandbox: small JSON calls, and one stream of server-sent events.

import { world } from "./world.js";

async function answer(promise) {
  let response;
  try {
    response = await promise;
  } catch {
    return { ok: false, error: "sandbox_unreachable" };
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok && body.ok === undefined) return { ok: false, error: `http_${response.status}`, ...body };
  return body;
}

export function get(path, query = {}) {
  const asked = new URLSearchParams();
  if (world.me) asked.set("as", world.me);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) asked.set(key, value);
  }
  return answer(fetch(`/sandbox/${path}?${asked}`));
}

export function post(path, body = {}) {
  return answer(
    fetch(`/sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: world.me, ...body }),
    }),
  );
}

let stream = null;
let reopening = null;
let wait = 500;

/**
 * Follow the person's stream. `heard(event)` gets every event; `connection(up)` is told when the line breaks and when it is
 * back, since what happened in between must then be fetched.
 */
export function follow(heard, connection) {
  unfollow();
  const opened = new EventSource(`/sandbox/stream?as=${encodeURIComponent(world.me)}`);
  stream = opened;
  opened.onopen = () => {
    wait = 500;
    connection(true);
  };
  opened.onmessage = (event) => {
    if (stream !== opened) return;
    let said;
    try {
      said = JSON.parse(event.data);
    } catch {
      return;
    }
    heard(said);
  };
  opened.onerror = () => {
    if (stream !== opened) return;
    connection(false);
    opened.close();
    reopening = setTimeout(() => follow(heard, connection), wait);
    wait = Math.min(wait * 2, 8000);
  };
}

export function unfollow() {
  clearTimeout(reopening);
  stream?.close();
  stream = null;
}

window.addEventListener("pagehide", unfollow);
