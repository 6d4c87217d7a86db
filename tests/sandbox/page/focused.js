// The name of what has the focus, as a screen reader would say it.
const node = document.activeElement;
const labelled = (node.getAttribute("aria-labelledby") || "")
  .split(" ")
  .map((id) => document.getElementById(id)?.textContent || "")
  .join(" ")
  .trim();
const name = node.getAttribute("aria-label") || labelled || node.labels?.[0]?.textContent || node.textContent;
return (name || node.tagName).trim();
