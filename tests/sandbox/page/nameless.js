// Controls without a name, references to ids that do not exist, and ids that exist twice.
const referred = (node, name) => (node.getAttribute(name) || "").split(" ").filter(Boolean);
const wordsOf = (ids) => ids.map((id) => document.getElementById(id)?.textContent || "").join("");
const named = "button, a[href], input, textarea, select, [role=dialog], [role=listbox], [role=menu]";
const nameOf = (node) =>
  node.getAttribute("aria-label") ||
  wordsOf(referred(node, "aria-labelledby")) ||
  node.labels?.[0]?.textContent ||
  (node.matches("button, a") ? node.textContent : "");
const nameless = [...document.querySelectorAll(named)]
  .filter((node) => node.getClientRects().length && !nameOf(node).trim())
  .map((node) => node.outerHTML.slice(0, 120));
const broken = [...document.querySelectorAll("[aria-labelledby], [aria-activedescendant]")]
  .flatMap((node) => [...referred(node, "aria-labelledby"), ...referred(node, "aria-activedescendant")])
  .filter((id) => !document.getElementById(id));
const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
return [...nameless, ...broken, ...twice];
