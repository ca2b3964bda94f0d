// What keys and buttons do, and how the page begins.

const KEYS = {
  j: () => go(1, undefined, "That was the last unit here."),
  k: () => go(-1, undefined, "This is the first unit here."),
  n: () => go(1, open, "No flagged unit left below."),
  p: () => go(-1, open, "No flagged unit left above."),
  "]": () => go(1, (unit) => unit.article !== current?.article, "This is the last article here."),
  "[": () => toArticle(),
  a: () => settle("reviewed"),
  f: () => settle("final"),
  e: edit,
  c: comment,
  r: reset,
  u: undo,
  s: copySource,
  g: propose,
  w: toggleOrder,
  x: () => { labels(!$("labels").checked); say($("labels").checked ? "Labels on: Shift and a letter" : "Labels off"); },
  d: nextTheme,
  0: clearFilters,
  "/": () => $("search").focus(),
  "?": () => $("help").showModal(),
  ...Object.fromEntries([1, 2, 3].map((number) => [number, () => use(current, number - 1)])),
};
const LABEL_KEYS = Object.fromEntries(Object.keys(LABELS).map((label) => [label[0], label]));

/** To the first unit of this article, or, from there, of the one before. */
function toArticle() {
  const before = beyond(-1);
  const article = before?.article;
  if (!before) return say("This is the first article here.");
  select(units.find((unit) => unit.article === article && place(unit) >= 0));
}

/** Keys while something is written; gives whether the key meant something there. */
function typed(event) {
  const field = event.target;
  const enter = event.key === "Enter" && !event.isComposing;
  if (event.key === "Escape" || enter) {
    if (field.matches(".comment") && commenting) { if (event.shiftKey) return false; keepComment(enter); focusRow(); return true; }
    if (field.matches(".editor textarea") && editing) {
      if (enter && !event.ctrlKey && !event.metaKey) return false;
      if (enter) keep({ next: true }); else cancel();
      return true;
    }
    if (field === $("search") || (field.matches("select") && !enter)) {
      searchNow();
      field.blur();
      if (current) focusRow(); else go(1);
      return true;
    }
  }
  return false;
}

function keys(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(); return; }
  if (document.querySelector("dialog[open]")) return;
  if (event.target.matches?.("textarea, input, select")) {
    if (typed(event)) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && editing) return cancel(); // the field was scrolled away and back, and lost the focus
  if (event.key === "Enter" && event.target.matches?.("article")) { event.preventDefault(); edit(); return; }
  const label = $("labels").checked && event.shiftKey && LABEL_KEYS[event.key];
  const act = label ? () => mark(label) : Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
}

const glossary = new GlossaryDialog(edits, data, () => { if (current && editing?.unit !== current) { redraw(current); focusRow(); } });

function listen() {
  document.addEventListener("keydown", keys);
  $("list").addEventListener("click", (event) => {
    const row = event.target.closest("article");
    if (row && getSelection().isCollapsed && !event.target.closest("button, textarea, input, a, summary")) select(edits.units.get(row.dataset.id));
  });
  $("list").addEventListener("dblclick", (event) => { if (event.target.closest(".target .text")) edit(); });
  $("search").addEventListener("input", searchSoon);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("more").addEventListener("click", () => {
    const shown = document.body.classList.toggle("filters-open");
    $("more").setAttribute("aria-expanded", shown);
  });
  $("next").addEventListener("click", KEYS.n);
  $("export").addEventListener("click", save);
  $("import").addEventListener("change", load);
  $("labels").addEventListener("change", (event) => labels(event.target.checked));
  $("help-open").addEventListener("click", KEYS["?"]);
  addEventListener("storage", (event) => { // the same page in another window
    if (home.served || ![edits.key, edits.candidatesKey].includes(event.key)) return;
    edits.load();
    apply();
    progress();
  });
  addEventListener("beforeunload", (event) => {
    const draft = (editing && editing.text !== edits.target(editing.unit)) || (commenting && commenting.text !== edits.comment(commenting.unit));
    if (draft || home.unsaved || (!home.served && !edits.stored && edits.unsaved)) event.preventDefault();
  });
}

startTheme();
labels(preference.get("labels") === "on");
addFilters();
listen();
tips();
apply();
progress();
if (home.served) home.open().then(() => { apply(); progress(); });
