// The last visible element among arguments[0] that is called arguments[1]; with arguments[2], whose name contains it.
const wordsOf = (ids) =>
  (ids || "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent || "")
    .join(" ");
const namesOf = (node) => {
  const names = [node.getAttribute("aria-label"), wordsOf(node.getAttribute("aria-labelledby"))];
  return [...names, node.labels?.[0]?.textContent, node.textContent].map((text) =>
    (text || "").trim().replace(/\s+/g, " "),
  );
};
const [selector, wanted, partly] = arguments;
const isSeen = (node) => {
  const hidden = node.closest("[inert]") || getComputedStyle(node).visibility === "hidden";
  return !hidden && node.getClientRects().length > 0;
};
const fits = (said) => said === wanted || said.startsWith(`${wanted} (`) || (partly && said.includes(wanted));
return [...document.querySelectorAll(selector)].filter(isSeen).findLast((node) => namesOf(node).some(fits)) || null;
