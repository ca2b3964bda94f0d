// Which units are shown, and in which order.

const selects = {};
const SCORES = [30, 50, 70]; // per cent

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

const FLAGS = {
  open: "Flagged, not reviewed", flagged: "Flagged", clean: "Not flagged", repaired: "Repaired by the guard",
  suggested: "With a suggestion", commented: "With a comment", labelled: "With a label",
};

function flags(unit) {
  const { label, comment } = { label: edits.label(unit), comment: edits.comment(unit) };
  return [unit.flagged ? "flagged" : "clean", open(unit) && "open", unit.repairs?.length && "repaired",
    unit.suggestions?.length && "suggested", comment && "commented", label && "labelled"].filter(Boolean);
}

function addFilters() {
  const titles = new Map(data.articles.map((article) => [article.id, article.title || article.id]));
  const met = new Set(units.flatMap((unit) => [unit.repairs?.length && "repaired", unit.suggestions?.length && "suggested"]));
  addFilter("flag", "Flags", flags,
    { options: Object.keys(FLAGS).filter((name) => !["repaired", "suggested"].includes(name) || met.has(name)), spell: (value) => FLAGS[value] });
  addFilter("article", "Article", (unit) => [unit.article.id], { spell: (id) => titles.get(id).slice(0, 60) });
  addFilter("site", "Site", (unit) => (unit.article.site ? [unit.article.site] : []));
  addFilter("finding", "Finding", (unit) => unit.findings.map((finding) => finding.check), { spell: spoken });
  addFilter("term", "Term", (unit) => unit.terms.map((term) => `${term.term} → ${term.target}`));
  addFilter("state", "State", (unit) => [edits.state(unit), ...(edits.target(unit) !== unit.target ? ["edited"] : [])],
    { options: [...Object.keys(STATES), "edited"], spell: (value) => STATES[value] ?? "Edited" });
  addFilter("score", "Score", (unit) => {
    const share = quality(unit);
    return share === null ? ["none"] : [...SCORES.filter((limit) => 100 * share < limit).map((limit) => `<${limit}`), ...(100 * share >= SCORES.at(-1) ? ["high"] : [])];
  }, { options: [...SCORES.map((limit) => `<${limit}`), "high", "none"],
    spell: (value) => ({ high: `${SCORES.at(-1)} % and more`, none: "Without a score" })[value] ?? `Below ${value.slice(1)} %` });
  const control = el("select", { "aria-label": "Order" },
    el("option", { value: "article", text: "By article" }), el("option", { value: "worst", text: "Worst first" }));
  control.addEventListener("change", () => {
    current = null;
    apply();
  });
  selects.order = { control, values: null };
  $("selects").append(control);
}

function toggleOrder() {
  const { control } = selects.order;
  control.value = order() === "worst" ? "article" : "worst";
  control.dispatchEvent(new Event("change"));
  say(order() === "worst" ? "Worst first" : "By article");
}

function clearFilters() {
  $("search").value = "";
  for (const { control, values } of Object.values(selects)) if (values) control.value = "";
  apply();
}

let searching = 0; // a search that waits for the typing to end
function searchSoon() {
  clearTimeout(searching);
  searching = setTimeout(searchNow, 120);
}

/** Do what the search asks for, if it waits: before keys mean something else again. */
function searchNow() {
  if (!searching) return;
  clearTimeout(searching);
  searching = 0;
  apply();
}

function haystack(unit) {
  unit.low ??= `${unit.source}\n${unit.target}\n${unit.id}`.toLowerCase();
  const edit = edits.of(unit);
  return edit ? `${unit.low}\n${edit.target.toLowerCase()}\n${edit.comment.toLowerCase()}` : unit.low;
}

function shownUnits() {
  const words = $("search").value.trim().toLowerCase();
  const active = Object.values(selects).filter(({ control, values }) => values && control.value);
  return units.filter((unit) =>
    active.every(({ control, values }) => values(unit).includes(control.value)) && (!words || haystack(unit).includes(words)));
}

/** What the list shows of the units chosen: heads and removed furniture among them, in the order of articles. */
function arranged(chosen) {
  if (order() === "worst") return chosen.sort((a, b) => b.badness - a.badness || a.number - b.number).map((unit) => ({ unit }));
  const found = [];
  const head = (article) => found.push({ article }, ...(article.removed.length ? [{ removed: article }] : []));
  chosen.forEach((unit, index) => {
    if (unit.article !== chosen[index - 1]?.article) head(unit.article);
    found.push({ unit });
  });
  // Articles without any unit still have a head and what was removed from them.
  if (chosen.length === units.length) data.articles.filter((article) => !article.units.length).forEach(head);
  return found;
}

function apply() {
  const chosen = shownUnits();
  for (const { control } of Object.values(selects)) control.classList.toggle("active", control.selectedIndex > 0);
  $("more").classList.toggle("active", Object.values(selects).some(({ control }) => control.selectedIndex > 0));
  items = [...arranged(chosen), { foot: true }];
  places = new Map(items.flatMap((item, index) => (item.unit ? [[item.unit, index]] : [])));
  $("shown").textContent = chosen.length === units.length ? "" : `${chosen.length.toLocaleString("en")} shown`;
  const goOn = writing();
  list.reset(items.length);
  if (current && place(current) >= 0) list.show(place(current), 120);
  else {
    current = null;
    list.scroller.scrollTop = 0;
    list.update();
  }
  goOn();
}

/** Note where in the list a person is writing; gives what puts the cursor there again after rows were made anew. */
function writing() {
  const field = document.activeElement;
  if (!field.matches("#list textarea")) return () => {};
  const { className, selectionStart, selectionEnd } = field;
  return () => {
    const again = [...$("list").querySelectorAll("textarea")].find((one) => one.className === className);
    again?.focus({ preventScroll: true });
    again?.setSelectionRange(selectionStart, selectionEnd);
  };
}
