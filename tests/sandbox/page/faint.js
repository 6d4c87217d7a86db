// Every text on the page that is too faint before what is painted behind it: relative luminance and contrast as
// WCAG 2.2 defines them (https://www.w3.org/TR/WCAG22/#contrast-minimum), AA.
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const paint = (colour) => {
  const numbers = colour.match(/[\d.]+%?/g).map((one) => parseFloat(one) / (one.endsWith("%") ? 100 : 1));
  const scale = colour.startsWith("color(") ? 1 : 255;
  return [numbers[0] / scale, numbers[1] / scale, numbers[2] / scale, numbers[3] ?? 1];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const behind = (node) => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const colour = paint(getComputedStyle(at).backgroundColor);
    if (colour[3]) layers.unshift(colour);
  }
  return layers.reduce((below, top) => over(top, below), paint(getComputedStyle(document.body).backgroundColor));
};
const faint = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  const skipped = node.closest(".sr-only, [inert], .skip, .emoji") || !node.getClientRects().length;
  if (skipped || !walker.currentNode.textContent.trim()) continue;
  const style = getComputedStyle(node);
  if (style.visibility === "hidden" || node.matches(":disabled")) continue;
  let opacity = 1;
  for (let at = node; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  if (opacity === 0) continue;
  const ground = behind(node);
  const ink = paint(style.color);
  const drawn = over([ink[0], ink[1], ink[2], ink[3] * opacity], ground);
  const [high, low] = [light(drawn), light(ground)].sort((one, other) => other - one);
  const ratio = (high + 0.05) / (low + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const said = walker.currentNode.textContent.trim().slice(0, 40);
  if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${said}`);
}
return faint;
