// The page: what is shown, in which order, and what keys and buttons do.

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const units = data.articles.flatMap((article) => {
  article.units.forEach((unit) => { unit.article = article; });
  return article.units;
});
units.forEach((unit, number) => { Object.assign(unit, { number, badness: badness(unit), flagged: isFlagged(unit) }); });
const edits = new Edits(data, new Map(units.map((unit) => [unit.id, unit])));

let items = []; // what the list shows: { unit } | { article } | { removed } | { foot }
let places = new Map(); // unit → index in items
let current = null;
let editing = null; // { unit, text }
let commenting = null;
let earlier = edits.earlier();
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
    commenting: commenting === unit ? commentField(unit) : null,
    actions: unit === current && editing?.unit !== unit ? actions() : null,
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
  if (!item.unit) return item.article ? 118 : 44;
  const column = width < 760 ? width - 40 : (Math.min(width, 1500) - 210) / 2;
  const lines = (text) => Math.ceil((text.length * 8.2) / column);
  const high = width < 760 ? lines(item.unit.source) + lines(item.unit.target) : Math.max(lines(item.unit.source), lines(item.unit.target));
  return high * 27 + (item.unit.findings.length ? 54 : 24);
}

function button(text, key, act, name = "quiet") {
  return el("button", { type: "button", class: name, title: key ? `${text} (${key})` : text, text, on: { click: act } });
}

function actions() {
  return el("div", { class: "actions" },
    button("Accept", "a", () => settle("reviewed"), "primary"), button("Edit", "e", edit), button("Final", "f", () => settle("final")),
    button("Comment", "c", comment), button("Reset", "r", reset), button("Undo", "u", undo));
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
    button("Copy source", "", () => { area.value = editing.text = editing.unit.source; fit(); area.focus(); })));
}

function commentField(unit) {
  const field = el("input", { type: "text", class: "comment", "aria-label": "Comment", placeholder: "Comment, then Enter", dir: "auto" });
  field.value = edits.comment(unit);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    commenting = null;
    if (event.key === "Enter") edits.change(unit, { comment: field.value.trim() });
    redraw(unit);
    focusRow();
  });
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
  const before = current;
  current = unit;
  commenting = null;
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

const open = (unit) => unit.flagged && edits.state(unit) !== "reviewed" && edits.state(unit) !== "final";

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

function comment() {
  if (!current) return;
  commenting = current;
  redraw(current);
  rowOf(current)?.querySelector(".comment")?.focus({ preventScroll: true });
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
  if (place(unit) < 0) return say(`Undone in unit ${unit.number + 1}, which the filters hide.`);
  redraw(unit);
  select(unit);
  say(`Undone: unit ${unit.number + 1}`);
}

// ---------------------------------------------------------------- filters

const selects = {};

/** Add a filter: `values(unit)` gives the options a unit belongs to. */
function addFilter(name, label, values, { options, spell = (value) => value } = {}) {
  const counts = new Map((options ?? []).map((option) => [option, 0]));
  for (const unit of units) for (const value of new Set(values(unit))) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size < 2 && !options) return;
  const sorted = options ?? [...counts.keys()].sort((a, b) => spell(a).localeCompare(spell(b)));
  const control = el("select", { "aria-label": label },
    el("option", { value: "", text: `${label}: all` }),
    ...sorted.map((value) => el("option", { value, text: options ? spell(value) : `${spell(value)} (${counts.get(value)})` })));
  control.addEventListener("change", apply);
  selects[name] = { control, values };
  $("selects").append(control);
}

const order = () => selects.order?.control.value || "article";

function addFilters() {
  const titles = new Map(data.articles.map((article) => [article.id, article.title || article.id]));
  addFilter("flag", "Flags", (unit) => [unit.flagged ? "flagged" : "clean", ...(open(unit) ? ["open"] : [])],
    { options: ["open", "flagged", "clean"], spell: (value) => ({ open: "Flagged, not reviewed", flagged: "Flagged", clean: "Not flagged" })[value] });
  addFilter("article", "Article", (unit) => [unit.article.id], { spell: (id) => titles.get(id).slice(0, 60) });
  addFilter("site", "Site", (unit) => (unit.article.site ? [unit.article.site] : []));
  addFilter("finding", "Finding", (unit) => unit.findings.map((finding) => finding.check), { spell: spoken });
  addFilter("term", "Term", (unit) => unit.terms.map((term) => `${term.term} → ${term.target}`));
  addFilter("state", "State", (unit) => [edits.state(unit), ...(edits.target(unit) !== unit.target ? ["edited"] : [])],
    { options: [...Object.keys(STATES), "edited"], spell: (value) => STATES[value] ?? "Edited" });
  const control = el("select", { "aria-label": "Order" },
    el("option", { value: "article", text: "By article" }), el("option", { value: "worst", text: "Worst first" }));
  control.addEventListener("change", () => {
    current = null;
    apply();
  });
  selects.order = { control, values: null };
  $("selects").append(control);
}

function haystack(unit) {
  unit.low ??= `${unit.source}\n${unit.target}\n${unit.id}`.toLowerCase();
  return edits.of(unit) ? `${unit.low}\n${edits.target(unit).toLowerCase()}` : unit.low;
}

function shownUnits() {
  const words = $("search").value.trim().toLowerCase();
  const active = Object.values(selects).filter(({ control, values }) => values && control.value);
  return units.filter((unit) =>
    active.every(({ control, values }) => values(unit).includes(control.value)) && (!words || haystack(unit).includes(words)));
}

function apply() {
  const chosen = shownUnits();
  for (const { control } of Object.values(selects)) control.classList.toggle("active", control.selectedIndex > 0);
  items = [];
  if (order() === "worst") items = chosen.sort((a, b) => b.badness - a.badness || a.number - b.number).map((unit) => ({ unit }));
  else {
    const whole = chosen.length === units.length;
    chosen.forEach((unit, index) => {
      const { article } = unit;
      if (article !== chosen[index - 1]?.article) {
        items.push({ article });
        if (article.removed.length) items.push({ removed: article });
      }
      items.push({ unit });
    });
    // Articles without any unit still have a head and what was removed from them.
    if (whole) for (const article of data.articles) if (!article.units.length) items.push({ article }, ...(article.removed.length ? [{ removed: article }] : []));
  }
  items.push({ foot: true });
  places = new Map(items.flatMap((item, index) => (item.unit ? [[item.unit, index]] : [])));
  $("shown").textContent = chosen.length === units.length ? "" : `${chosen.length.toLocaleString("en")} shown`;
  list.reset(items.length);
  if (current && place(current) >= 0) list.show(place(current), 120);
  else {
    current = null;
    list.scroller.scrollTop = 0;
    list.update();
  }
}

// ---------------------------------------------------------------- around the list

let hush = 0;
function say(text) {
  if (!text) return;
  $("toast").textContent = text;
  $("toast").classList.add("visible");
  clearTimeout(hush);
  hush = setTimeout(() => $("toast").classList.remove("visible"), 2500);
}

function progress() {
  const done = units.filter((unit) => ["reviewed", "final"].includes(edits.state(unit))).length;
  const bar = $("progress");
  bar.firstElementChild.style.width = `${units.length ? (100 * done) / units.length : 0}%`;
  bar.setAttribute("aria-valuenow", done);
  bar.setAttribute("aria-valuemax", units.length);
  $("count").textContent = `${done.toLocaleString("en")} of ${units.length.toLocaleString("en")} reviewed`;
  notices();
}

function notices() {
  const all = [];
  if (data.totals.units > units.length) {
    all.push(`This page shows the ${units.length.toLocaleString("en")} units of ${data.articles.length.toLocaleString("en")} articles most worth reviewing, of ${data.totals.units.toLocaleString("en")} units of ${data.totals.articles.toLocaleString("en")} articles. All stand in corpus.jsonl.`);
  }
  const strays = edits.strays().length;
  if (strays) all.push(`${strays} earlier ${strays === 1 ? "edit belongs" : "edits belong"} to units whose source has changed or is not on this page: kept and exported, not shown.`);
  if (!edits.stored) all.push("This browser does not keep edits for files. Export before you close the page.");
  const adopt = () => {
    edits.adopt(earlier);
    earlier = [];
    apply();
    progress();
  };
  $("notice").replaceChildren(all.join(" "), earlier.length ? " " : "",
    ...(earlier.length ? [button(`Bring in ${earlier.length} edits of an earlier run`, "", adopt)] : []));
  $("notice").hidden = !all.length && !earlier.length;
}

function save() {
  const link = el("a", { href: URL.createObjectURL(new Blob([edits.exported()], { type: "application/json" })), download: "corrections.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  edits.unsaved = false;
  say(`${edits.all.size} ${edits.all.size === 1 ? "correction" : "corrections"} saved as corrections.json`);
}

async function load(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  try {
    say(`${edits.imported(await file.text())} corrections read`);
  } catch (error) {
    say(`${file.name} cannot be read: ${error.message}`);
  }
  apply();
  progress();
}

const THEMES = ["auto", "light", "dark"];
function theme(name) {
  document.documentElement.dataset.theme = name;
  $("theme").textContent = { auto: "Auto", light: "Light", dark: "Dark" }[name];
  $("theme").title = "Colours: automatic, light, dark";
  try { localStorage.setItem("normalize review theme", name); } catch { /* only a preference */ }
}

function startTheme() {
  let kept = null;
  try { kept = localStorage.getItem("normalize review theme"); } catch { /* only a preference */ }
  theme(THEMES.includes(kept) ? kept : "auto");
  $("theme").addEventListener("click", () => theme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
}

function tips() {
  const tip = $("tip");
  const hide = () => { tip.hidden = true; };
  const showFor = (event) => {
    const over = event.target.closest?.("[data-tip]");
    if (!over?.dataset.tip) return hide();
    tip.textContent = over.dataset.tip;
    tip.hidden = false;
    const box = over.getClientRects()[0] ?? over.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tip;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - offsetWidth - 8))}px`;
    tip.style.top = `${box.bottom + offsetHeight + 10 > innerHeight ? box.top - offsetHeight - 6 : box.bottom + 6}px`;
  };
  document.addEventListener("pointerover", showFor);
  document.addEventListener("pointerdown", showFor);
  $("list").addEventListener("scroll", hide, { passive: true });
}

const KEYS = {
  j: () => go(1, undefined, "That was the last unit here."),
  k: () => go(-1, undefined, "This is the first unit here."),
  n: () => go(1, open, "No flagged unit left below."),
  p: () => go(-1, open, "No flagged unit left above."),
  a: () => settle("reviewed"),
  f: () => settle("final"),
  e: edit,
  c: comment,
  r: reset,
  u: undo,
  "/": () => $("search").focus(),
  "?": () => $("help").showModal(),
};

function keys(event) {
  const typing = event.target.matches?.("textarea, input, select");
  if (event.target.matches?.("textarea") && editing) {
    if (event.key === "Escape") { event.preventDefault(); cancel(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); keep({ next: true }); }
    return;
  }
  if (typing) {
    if (event.key === "Escape" || (event.key === "Enter" && event.target === $("search"))) { event.preventDefault(); event.target.blur(); go(1); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("help").open) return;
  if (event.key === "Escape" && editing) return cancel(); // the field was scrolled away and back, and lost the focus
  if (event.key === "Enter" && event.target.matches?.("article")) { event.preventDefault(); edit(); return; }
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
}

function listen() {
  document.addEventListener("keydown", keys);
  $("list").addEventListener("click", (event) => {
    const row = event.target.closest("article");
    if (row && getSelection().isCollapsed && !event.target.closest("button, textarea, input, a, summary")) select(edits.units.get(row.dataset.id));
  });
  $("list").addEventListener("dblclick", (event) => { if (event.target.closest(".target") && !event.target.closest("textarea")) edit(); });
  let later = 0;
  $("search").addEventListener("input", () => { clearTimeout(later); later = setTimeout(apply, 120); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("more").addEventListener("click", () => {
    const shown = document.body.classList.toggle("filters-open");
    $("more").setAttribute("aria-expanded", shown);
  });
  $("next").addEventListener("click", KEYS.n);
  $("export").addEventListener("click", save);
  $("import").addEventListener("change", load);
  $("help-open").addEventListener("click", KEYS["?"]);
  addEventListener("storage", (event) => { // the same page in another window
    if (event.key !== edits.key) return;
    edits.load();
    apply();
    progress();
  });
  addEventListener("beforeunload", (event) => {
    const draft = editing && editing.text !== edits.target(editing.unit);
    if (draft || (!edits.stored && edits.unsaved)) event.preventDefault();
  });
}

startTheme();
addFilters();
listen();
tips();
apply();
progress();
