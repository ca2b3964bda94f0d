// Text into the page: everything goes in as text nodes, never as markup.

/** Make an element; `properties` are attributes, except `class`, `text` and `on` (event → listener). */
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Give `text` with `marks` ({start, end, class, tip}, UTF-16 positions, which may overlap) as a fragment. */
function marked(text, marks) {
  const fragment = document.createDocumentFragment();
  const cuts = new Set([0, text.length]);
  for (const mark of marks) {
    cuts.add(Math.max(0, Math.min(mark.start, text.length)));
    cuts.add(Math.max(0, Math.min(mark.end, text.length)));
  }
  const points = [...cuts].sort((a, b) => a - b);
  for (let k = 0; k + 1 < points.length; k++) {
    const [start, end] = [points[k], points[k + 1]];
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    const part = text.slice(start, end);
    if (!over.length) fragment.append(part);
    else {
      fragment.append(el("mark", {
        class: over.map((mark) => mark.class).join(" "),
        "data-tip": over.map((mark) => mark.tip).filter(Boolean).join("\n"),
        text: part,
      }));
    }
  }
  return fragment;
}

const WORDS = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
const DIFF_CELLS = 1_000_000; // above this, the table would be felt: show old and new whole

/** Word-level difference: [["=", text], ["-", text], ["+", text], …]. */
function diff(before, after) {
  const a = before.match(WORDS) ?? [];
  const b = after.match(WORDS) ?? [];
  if (a.length * b.length > DIFF_CELLS) return [["-", before], ["+", after]];
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j]
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const out = [];
  const put = (kind, word) => {
    if (out.length && out.at(-1)[0] === kind) out.at(-1)[1] += word;
    else out.push([kind, word]);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) put("=", a[i++]), j++;
    else if (j >= b.length || (i < a.length && length[(i + 1) * width + j] >= length[i * width + j + 1])) put("-", a[i++]);
    else put("+", b[j++]);
  }
  return out;
}

/** Show a difference as deletions and insertions. */
function differenceNodes(before, after) {
  return diff(before, after).map(([kind, text]) =>
    kind === "=" ? document.createTextNode(text) : el(kind === "-" ? "del" : "ins", { text }));
}
