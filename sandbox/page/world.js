// What this page knows of the workspace: who I act as, people, channels, apps, the sandbox's clock.
// Everything else asks here, and listens here for "something about the workspace changed".

export const world = {
  me: null,
  team: { id: "", name: "" },
  users: new Map(),
  channels: new Map(),
  usergroups: new Map(),
  apps: [],
  commands: [],
  shortcuts: [],
  jumps: [],
  faults: [],
  /** The conversation that is open: where a form opened from it defaults to. */
  here: null,
  clockAhead: 0,
  clockRuns: true,
  clockStood: 0,
};

const listeners = new Map();

export function on(topic, act) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(act);
}

export function tell(topic, particulars) {
  for (const act of listeners.get(topic) ?? []) act(particulars);
}

/** Take over an answer of GET /sandbox/state. */
export function learn(state) {
  world.me = typeof state.me === "object" && state.me !== null ? state.me.id : state.me;
  world.team = state.team ?? world.team;
  world.users = new Map((state.users ?? []).map((user) => [user.id, user]));
  world.channels = new Map((state.channels ?? []).map((channel) => [channel.id, channel]));
  world.usergroups = new Map((state.usergroups ?? []).map((group) => [group.id, group]));
  world.apps = state.apps ?? [];
  world.commands = state.commands ?? [];
  world.shortcuts = state.shortcuts ?? [];
  world.jumps = state.jumps ?? [];
  world.faults = state.faults ?? [];
  if (state.running !== undefined) world.clockRuns = state.running;
  if (state.now !== undefined) setNow(state.now);
}

export function setNow(seconds) {
  world.clockAhead = seconds - Date.now() / 1000;
  world.clockStood = seconds;
}

/** The sandbox's time, epoch seconds. */
export function nowSeconds() {
  return world.clockRuns ? Date.now() / 1000 + world.clockAhead : world.clockStood;
}

export function me() {
  return world.users.get(world.me);
}

export function userName(id) {
  const user = world.users.get(id);
  return user ? user.name || user.handle : (id ?? "Somebody");
}

export function channelTitle(channel) {
  if (!channel) return "";
  return channel.is_im ? userName(channel.user) : channel.name;
}

/** The app behind a bot user, if that user is a bot. */
export function appOfUser(userId) {
  return world.apps.find((app) => app.bot_user === userId);
}

/** Does this text ping the person I act as? */
export function mentionsMe(text) {
  if (!text || !text.includes("<")) return false;
  if (text.includes(`<@${world.me}`)) return true;
  if (/<!(here|channel|everyone)/.test(text)) return true;
  for (const [, group] of text.matchAll(/<!subteam\^(\w+)/g)) {
    if (world.usergroups.get(group)?.users?.includes(world.me)) return true;
  }
  return false;
}
