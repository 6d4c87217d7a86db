// Where I am, kept in the address so that a reload or a shared link comes back to it: #U1/C1/home or #U1/C1/1700000000.000100

const KEY = "sandbox-place";

export function readPlace() {
  const [person, channel, rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (person) return { person, channel, ...readRest(rest) };
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

const readRest = (rest) => (rest === "home" ? { tab: "home" } : /^\d+\.\d+$/.test(rest ?? "") ? { thread: rest } : {});

export function keepPlace({ person, channel, tab, thread }) {
  const rest = thread ?? (tab === "home" ? "home" : null);
  const written = `#${[person, channel, rest].filter(Boolean).join("/")}`;
  if (location.hash !== written) history.replaceState(null, "", written);
  try {
    localStorage.setItem(KEY, JSON.stringify({ person, channel, tab, thread }));
  } catch {
    // A browser that keeps nothing still has the address.
  }
}
