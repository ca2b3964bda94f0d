// The page: its rows, moving about among them, and changing them.

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const units = data.articles.flatMap((article) => {
  article.units.forEach((unit) => { unit.article = article; });
  return article.units;
});
const suggested = new Map(Object.entries(data.suggestions));
units.forEach((unit, number) => {
  Object.assign(unit, { number, badness: badness(unit), flagged: isFlagged(unit), suggestions: suggested.get(unit.id) });
});
const edits = new Edits(data, new Map(units.map((unit) => [unit.id, unit])));

let items = []; // what the list shows: { unit } | { article } | { removed } | { foot }
let places = new Map(); // unit → index in items
let current = null;
let editing = null; // { unit, text }
let commenting = null; // { unit, text }
let earlier = edits.earlier();
const home = new Home(edits, toldOfHome);
const opened = new Set(); // articles whose removed furniture is unfolded

// ---------------------------------------------------------------- rows

function makeRow(index) {
  const item = items[index];
  if (item.article) return articleRow(item.article, data);
  if (item.removed) {
    return removedRow(item.removed, opened.has(item.removed), (open) => {
      if (open) opened.add(item.removed); else opened.delete(item.removed);
    });
  }
  if (item.foot) return footRow();
  const { unit } = item;
  const before = items[index - 1]?.unit;
  return unitRow(unit, {
    state: edits.state(unit), target: edits.target(unit), comment: edits.comment(unit), outdated: edits.outdated(unit),
    language: data.target_language,
    current: unit === current, solo: order() === "worst",
    first: !before || before.article !== unit.article || before.paragraph !== unit.paragraph,
    editor: editing?.unit === unit ? editor() : null,
    commenting: commenting?.unit === unit ? commentField() : null,
    actions: unit === current && editing?.unit !== unit ? actions(unit) : null,
    label: edits.label(unit), suggest: unit === current ? (number) => use(unit, number) : null,
  });
}

function footRow() {
  const nothing = items.length === 1;
  return el("section", { class: "row foot" },
    nothing ? el("p", { class: "empty", text: units.length ? "No unit fits these filters." : "This run has no units." }) : null,
    el("p", { text: data.signature }));
}

/** A row's height before it is measured; from the longer side's length and the width of a column. */
function guessHeight(index, width) {
  const item = items[index];
  if (!item.unit) return item.article ? 118 : 40;
  const column = width < 760 ? width - 40 : (Math.min(width, 1500) - 210) / 2;
  const lines = (text) => Math.ceil((text.length * 8.2) / column);
  const high = width < 760 ? lines(item.unit.source) + lines(item.unit.target) : Math.max(lines(item.unit.source), lines(item.unit.target));
  return high * 27 + (item.unit.findings.length ? 54 : 24);
}

function button(text, key, act, name = "quiet") {
  return el("button", { type: "button", class: name, title: key ? `${text} (${key})` : text, text, on: { click: act } });
}

function actions(unit) {
  const has = edits.of(unit);
  return el("div", { class: "actions" },
    button("Accept", "a", () => settle("reviewed"), "primary"), button("Edit", "e", edit), button("Final", "f", () => settle("final")),
    button("Comment", "c", comment), button("Glossary", "g", propose), button("Copy source", "s", copySource),
    has ? button("Reset", "r", reset) : null, edits.undone.length ? button("Undo", "u", undo) : null,
    labelButtons(edits.label(unit), (label) => mark(label)));
}

function editor() {
  const area = el("textarea", { lang: data.target_language, dir: "auto", "aria-label": "English text", rows: 1 });
  area.value = editing.text;
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", () => { editing.text = area.value; fit(); });
  requestAnimationFrame(fit);
  return el("div", { class: "editor" }, area, el("div", { class: "actions" },
    button("Keep", "Ctrl+Enter", () => keep({ next: true }), "primary"), button("Cancel", "Esc", cancel),
    button("Copy source", "", () => { area.value = editing.text = editing.unit.source; fit(); area.focus(); }),
    button("Machine’s version", "", () => { area.value = editing.text = editing.unit.target; fit(); area.focus(); })));
}

function commentField() {
  const field = el("textarea", { class: "comment", "aria-label": "Comment", placeholder: "Comment. Enter keeps it, Esc does not.", dir: "auto", rows: 2 });
  field.value = commenting.text;
  field.addEventListener("input", () => { commenting.text = field.value; });
  return field;
}

// ---------------------------------------------------------------- moving about

const list = new WindowedList($("list"), makeRow, guessHeight);

const place = (unit) => places.get(unit) ?? -1;
const rowOf = (unit) => list.rows.get(place(unit));
const focusRow = () => rowOf(current)?.focus({ preventScroll: true });

function redraw(...changed) {
  list.refresh(...changed.map(place).filter((index) => index >= 0));
  progress();
}

function select(unit, { focus = true } = {}) {
  if (!unit || unit === current) return unit && (list.reveal(place(unit)), focus && focusRow());
  if (commenting) keepComment();
  const before = current;
  current = unit;
  list.refresh(...[before, unit].filter(Boolean).map(place).filter((index) => index >= 0));
  list.reveal(place(unit));
  if (focus) focusRow();
}

/** Give the next unit in `direction` that fits. */
function beyond(direction, fits = () => true) {
  let index = current && place(current) >= 0 ? place(current) : direction > 0 ? list.heights.at(list.scroller.scrollTop) - 1 : items.length;
  for (index += direction; index >= 0 && index < items.length; index += direction) {
    if (items[index].unit && fits(items[index].unit)) return items[index].unit;
  }
  return null;
}

const settled = (unit) => ["reviewed", "final"].includes(edits.state(unit));
const open = (unit) => unit.flagged && !settled(unit);

function go(direction, fits, none) {
  const unit = beyond(direction, fits);
  if (unit) select(unit);
  else say(none);
}

// ---------------------------------------------------------------- changing

function settle(state) {
  if (!current) return;
  edits.change(current, { state });
  const done = current;
  redraw(done);
  say(`Unit ${done.number + 1}: ${STATES[state].toLowerCase()}`);
  go(1, undefined, "That was the last unit here.");
}

function edit() {
  if (!current) return;
  if (commenting) keepComment();
  if (editing && editing.unit !== current) keep(); // elsewhere, perhaps out of sight: not to be lost
  editing ??= { unit: current, text: edits.target(current) };
  redraw(current);
  const area = rowOf(current)?.querySelector("textarea");
  area?.focus({ preventScroll: true });
  area?.setSelectionRange(area.value.length, area.value.length);
}

function keep({ next = false } = {}) {
  const { unit, text } = editing;
  editing = null;
  const target = text.replaceAll(/\s+/g, " ").trim(); // a unit is one line
  const touched = target !== edits.target(unit);
  if (touched) edits.change(unit, { target, state: target === unit.target ? edits.state(unit) : "reviewed" });
  redraw(unit);
  if (touched) say(`Unit ${unit.number + 1}: kept`);
  if (next) go(1); else focusRow();
}

function cancel() {
  const { unit } = editing;
  editing = null;
  redraw(unit);
  focusRow();
}

function copySource() {
  if (!current) return;
  if (editing && editing.unit !== current) keep();
  editing = { unit: current, text: current.source };
  edit();
}

/** Take the memory's suggestion into the English, to be looked at before it is kept. */
function use(unit, number) {
  const found = unit?.suggestions?.[number];
  if (!found) return say("No such suggestion here.");
  if (editing) keep();
  editing = { unit, text: found.target };
  edit();
}

function comment() {
  if (!current || editing) return;
  commenting = { unit: current, text: edits.comment(current) };
  redraw(current);
  rowOf(current)?.querySelector(".comment")?.focus({ preventScroll: true });
}

function keepComment(keeps = true) {
  const { unit, text } = commenting;
  commenting = null;
  if (keeps) edits.change(unit, { comment: text.replaceAll(/\s+/g, " ").trim() });
  redraw(unit);
}

/** Judge a unit by KEOPS's labels; the same label again takes it off. */
function mark(label) {
  if (!current) return;
  const chosen = edits.label(current) === label ? "" : label;
  edits.change(current, { label: chosen });
  redraw(current);
  focusRow();
  say(chosen ? `Unit ${current.number + 1}: ${chosen}, ${LABELS[chosen].toLowerCase()}` : `Unit ${current.number + 1}: no label`);
}

function propose() {
  if (current) glossary.show(current, editing?.unit === current ? editing.text : edits.target(current));
}

function reset() {
  if (!current) return;
  edits.change(current, { target: current.target, state: current.state });
  redraw(current);
  focusRow();
}

function undo() {
  const unit = edits.undo();
  if (!unit) return say("Nothing to undo.");
  progress();
  if (place(unit) < 0) return say(`Undone in unit ${unit.number + 1}, which the filters hide.`);
  redraw(unit);
  select(unit);
  say(`Undone: unit ${unit.number + 1}`);
}
