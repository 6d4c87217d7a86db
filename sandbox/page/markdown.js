// The "markdown" block: the common Markdown that Slack accepts there (headings, lists, bold, italic, links, code, quotes, tables).

import { h } from "./dom.js";
import { link, plain } from "./mrkdwn.js";

export function markdown(text) {
  const nodes = [];
  const lines = text.split("\n");
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (/^```/.test(line)) at = fenced(lines, at, nodes);
    else if (/^\s*([-*+]|\d+[.)])\s+/.test(line)) at = listing(lines, at, nodes);
    else if (/^\s*\|.*\|\s*$/.test(line) && /^\s*\|[\s:|-]+\|\s*$/.test(lines[at + 1] ?? ""))
      at = grid(lines, at, nodes);
    else if (/^>/.test(line)) at = quoted(lines, at, nodes);
    else if (/^#{1,6}\s/.test(line)) {
      const level = /^#+/.exec(line)[0].length;
      nodes.push(
        h(
          "div",
          { class: `md-heading md-h${level}`, role: "heading", aria: { level: Math.min(6, level + 2) } },
          span(line.replace(/^#+\s+/, "")),
        ),
      );
      at += 1;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      nodes.push(h("hr", { class: "block-divider" }));
      at += 1;
    } else if (!line.trim()) at += 1;
    else at = paragraph(lines, at, nodes);
  }
  return nodes;
}

function fenced(lines, at, nodes) {
  let to = at + 1;
  while (to < lines.length && !/^```/.test(lines[to])) to += 1;
  nodes.push(h("pre", { class: "code-block" }, h("code", null, lines.slice(at + 1, to).join("\n"))));
  return to + 1;
}

function listing(lines, at, nodes) {
  const ordered = /^\s*\d/.test(lines[at]);
  const items = [];
  let to = at;
  while (to < lines.length && /^\s*([-*+]|\d+[.)])\s+/.test(lines[to])) {
    const [, indent, , said] = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(lines[to]);
    items.push(h("li", { style: { "--indent": Math.floor(indent.length / 2) } }, task(said)));
    to += 1;
  }
  nodes.push(h(ordered ? "ol" : "ul", { class: "rich-list" }, items));
  return to;
}

function task(said) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(said);
  return box ? [box[1] === " " ? "☐ " : "☑ ", ...span(box[2])] : span(said);
}

function quoted(lines, at, nodes) {
  let to = at;
  while (to < lines.length && /^>/.test(lines[to])) to += 1;
  nodes.push(
    h(
      "blockquote",
      null,
      markdown(
        lines
          .slice(at, to)
          .map((line) => line.replace(/^>\s?/, ""))
          .join("\n"),
      ),
    ),
  );
  return to;
}

function grid(lines, at, nodes) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim());
  let to = at + 2;
  const rows = [];
  while (to < lines.length && /^\s*\|/.test(lines[to])) {
    rows.push(
      h(
        "tr",
        null,
        cells(lines[to]).map((cell) => h("td", null, span(cell))),
      ),
    );
    to += 1;
  }
  const head = h(
    "thead",
    null,
    h(
      "tr",
      null,
      cells(lines[at]).map((cell) => h("th", null, span(cell))),
    ),
  );
  nodes.push(
    h(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", aria: { label: "Table" } },
      h("table", null, head, h("tbody", null, rows)),
    ),
  );
  return to;
}

function paragraph(lines, at, nodes) {
  const said = [];
  let to = at;
  while (to < lines.length && lines[to].trim() && !/^(```|>|#{1,6}\s|\s*([-*+]|\d+[.)])\s)/.test(lines[to])) {
    said.push(lines[to]);
    to += 1;
  }
  if (to === at) {
    said.push(lines[at]);
    to += 1;
  }
  nodes.push(h("p", { class: "md-paragraph" }, span(said.join("\n"))));
  return to;
}

const PIECES =
  /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<!\w)_([^_\n]+)_(?!\w)|~~(.+?)~~|!?\[([^\]]*)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>]+[^\s<>.,;:!?'")\]])/g;

function span(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > from) nodes.push(...plain(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const [, code, bold, bolder, italic, slanted, struck, label, url, address] = match;
    if (code !== undefined) nodes.push(h("code", { class: "code" }, code));
    else if (bold ?? bolder) nodes.push(h("strong", null, span(bold ?? bolder)));
    else if (italic ?? slanted) nodes.push(h("em", null, span(italic ?? slanted)));
    else if (struck) nodes.push(h("s", null, span(struck)));
    else if (url) nodes.push(link(url, label || url));
    else nodes.push(link(address, address));
  }
  if (from < text.length) nodes.push(...plain(text.slice(from)));
  return nodes;
}
