// How an article's head, its removed furniture and its units look.

const STATES = { initial: "Not translated", translated: "Machine", reviewed: "Reviewed", final: "Final" };
const SEVERITY = { minor: 1, major: 10, critical: 100 };
const LOST = new Set(["missing", "partial"]);
// Those of KEOPS, the tool with which parallel corpora are judged by hand.
const LABELS = {
  V: "Valid translation", MT: "Reads like a machine", E: "Translation error", F: "Free translation", A: "Wrong alignment",
  T: "Wrong tokens", L: "Wrong language", P: "Pending",
};
const METHODS = {
  kept: "the model wrote it itself",
  chosen: "another hypothesis of the model had it",
  replaced: "put in place of the model’s own rendering",
  "code-switched": "put into the source, and copied by the model",
  carrier: "carried through the model by a stand-in name",
  placed: "put where the model found it likeliest",
  redecoded: "the model completed a sentence begun with it",
  split: "the sentence was translated around it",
  partial: "stands fewer times in the English than in the source",
  missing: "could not be placed in the English",
};

const names = (() => {
  try {
    const display = new Intl.DisplayNames(["en"], { type: "language" });
    return (tag) => {
      try { return tag === "und" ? "unknown language" : display.of(tag); } catch { return tag; }
    };
  } catch { return (tag) => tag; }
})();

/** A check's name for people: `missing-term` → `missing term`. */
const spoken = (name) => name.replaceAll(/[-_]+/g, " ");

/** How sure the model was, 0 to 1: the mean probability of a token. */
const confidence = (unit) => (typeof unit.score === "number" ? Math.exp(Math.min(0, unit.score)) : null);

/** How good a unit is likely to be, 0 to 1: as estimated where that was done, otherwise the model's confidence. */
const quality = (unit) => unit.quality ?? confidence(unit);

/** The more, the sooner a person should look. */
function badness(unit) {
  if (unit.state === "reviewed" || unit.state === "final") return 0;
  const found = unit.findings.reduce((sum, finding) => sum + SEVERITY[finding.severity], 0);
  const lost = unit.terms.filter((term) => LOST.has(term.method)).length * SEVERITY.major;
  return found + lost + (1 - (quality(unit) ?? 1));
}

const isFlagged = (unit) => unit.findings.length > 0 || unit.terms.some((term) => LOST.has(term.method));

/** `text` kept apart from the direction of what stands around it. */
const apart = (text) => `\u2068${text}\u2069`;

function receiptText(term) {
  const produced = term.produced && term.produced !== term.target ? ` (as “${apart(term.produced)}”)` : "";
  return `${apart(term.term)} → ${apart(term.target)}${produced}: ${METHODS[term.method] ?? term.method}`;
}

function sourceMarks(unit) {
  return unit.terms.map((term) => ({
    start: term.span[0], end: term.span[1], tip: receiptText(term),
    class: LOST.has(term.method) ? "term missing" : "term",
  }));
}

function targetMarks(unit, target) {
  if (target !== unit.target) return foundTerms(unit, target);
  const terms = unit.terms.filter((term) => term.target_span).map((term) => ({
    start: term.target_span[0], end: term.target_span[1], class: "term", tip: receiptText(term),
  }));
  const flaws = unit.findings.filter((finding) => finding.span).map((finding) => ({
    start: finding.span[0], end: finding.span[1], class: `flaw ${finding.severity}`, tip: finding.message,
  }));
  return [...terms, ...flaws];
}

/** After an edit the recorded places are void: look for the terms where they stand now. */
function foundTerms(unit, target) {
  const marks = [];
  const low = target.toLowerCase();
  if (low.length !== target.length) return marks; // a letter grew when lowered: positions would be wrong
  for (const wanted of new Set(unit.terms.map((term) => term.target))) {
    const start = low.indexOf(wanted.toLowerCase());
    if (wanted && start >= 0) marks.push({ start, end: start + wanted.length, class: "term", tip: `${wanted}: in your edit` });
  }
  return marks;
}

function chips(unit, edited) {
  if (!unit.findings.length) return null;
  const of = edited ? "in the text before your change, " : "";
  return el("ul", { class: edited ? "chips past" : "chips", "aria-label": edited ? "Findings before your change" : "Findings" }, ...unit.findings.map((finding) =>
    el("li", { class: `chip ${finding.severity}`, "data-tip": `${of}${finding.severity}: ${finding.message}` },
      el("span", { class: "unseen", text: `${finding.severity}: ` }), spoken(finding.check))));
}

function safeLink(url, text) {
  const link = /^https?:\/\/[^\s]+$/i.test(url);
  return link ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank", text }) : null;
}

function articleRow(article, data) {
  const flagged = article.units.filter(isFlagged).length;
  const meta = [
    article.site, [article.place, article.published].filter(Boolean).join(", "),
    [article.author, article.agency].filter(Boolean).join(" / "),
    `${names(article.language)} → ${names(data.target_language)}`,
  ].filter(Boolean);
  const model = data.models[article.language];
  return el("section", { class: "row head" },
    el("h2", { dir: "auto", lang: article.language, text: article.title || article.id }),
    el("p", { class: "meta" },
      ...meta.map((part) => el("span", { dir: "auto", text: part })),
      model ? el("span", { text: model.split("|")[0], "data-tip": model }) : null,
      el("span", { text: `${article.units.length} units` + (flagged ? `, ${flagged} flagged` : "") }),
      article.trimmed ? el("span", { text: `${article.trimmed} more units are not on this page` }) : null,
      article.duplicate_of ? el("span", { class: "warn", text: `repeats ${article.duplicate_of}` }) : null,
      safeLink(article.url, "Original page")),
    el("p", { class: "path", text: article.path + (article.record ? `, record ${article.record}` : "") }));
}

function removedRow(article, open, toggled) {
  const count = article.removed.length + article.removed_more;
  return el("section", { class: "row removed" },
    el("details", { open, on: { toggle: (event) => toggled(event.target.open) } },
      el("summary", { text: count === 1 ? "1 piece of page furniture removed" : `${count} pieces of page furniture removed` }),
      el("ul", {}, ...article.removed.map((piece) => el("li", {},
        el("span", { class: "rule", text: spoken(piece.rule), "data-tip": piece.evidence }),
        el("span", { class: "taken", dir: "auto", lang: article.language, text: piece.text }))),
        article.removed_more ? el("li", { text: `and ${article.removed_more} more, in dropped.jsonl` }) : null)));
}

function unitLabel(unit, state) {
  const found = unit.findings.length ? `, ${unit.findings.length} finding${unit.findings.length > 1 ? "s" : ""}` : "";
  return `Unit ${unit.number + 1}, ${STATES[state]}${found}`;
}

function scoreBar(unit) {
  const share = quality(unit);
  if (share === null) return null;
  const percent = (value) => `${Math.round(value * 100)} %`;
  const sure = confidence(unit);
  const parts = [unit.quality !== undefined && `estimated quality ${percent(unit.quality)}`,
    sure !== null && `model confidence ${percent(sure)} (mean token probability)`].filter(Boolean);
  const bar = el("div", { class: share < 0.3 ? "score low" : "score", role: "img", "aria-label": parts.join(", "), "data-tip": parts.join("\n") },
    el("div"));
  bar.firstChild.style.width = `${Math.round(share * 100)}%`;
  return bar;
}

/** Buttons for KEOPS's labels, shown where they are switched on. */
function labelButtons(label, choose) {
  return el("div", { class: "labels", role: "group", "aria-label": "KEOPS label" }, ...Object.entries(LABELS).map(([name, meaning]) =>
    el("button", { type: "button", class: "label", "aria-pressed": String(name === label), "aria-label": `${name}: ${meaning}`,
      "data-tip": `${meaning} (Shift+${name[0]})`, text: name, on: { click: () => choose(name) } })));
}

/** A unit; `view` is { state, target, language, comment, label, outdated, current, first, solo, editor, actions, commenting, suggest }. */
function unitRow(unit, view) {
  const { article } = unit;
  const edited = view.target !== unit.target;
  const passed = unit.origin === "copied" && !edited;
  const target = view.editor ?? el("div", { class: "text", lang: view.language, dir: "auto" },
    view.target ? marked(view.target, targetMarks(unit, view.target)) : el("em", { class: "none", text: "No translation" }));
  const classes = ["row", "unit", `state-${view.state}`, view.first && "first", view.current && "current",
    passed && "passed", view.solo && "solo"].filter(Boolean).join(" ");
  return el("article", { class: classes, tabindex: view.current ? 0 : -1, "aria-label": unitLabel(unit, view.state),
    "aria-current": view.current, "data-id": unit.id },
    el("div", { class: "number", "aria-hidden": "true", text: view.first || view.solo ? `¶ ${unit.paragraph + 1}` : "" }),
    el("div", { class: "source" },
      view.solo ? el("p", { class: "from", dir: "auto", text: article.title || article.id }) : null,
      el("div", { class: "text", lang: unit.language, dir: "auto" }, marked(unit.source, sourceMarks(unit)))),
    el("div", { class: "target" }, target, chips(unit, edited)),
    side(unit, view, edited, passed),
    view.current ? details(unit, view, edited) : null);
}

function side(unit, view, edited, passed) {
  const badge = (text, tip) => el("span", { class: "badge", "data-tip": tip, text });
  const by = { memory: "From memory", human: "By a person" }[unit.origin];
  return el("div", { class: "side" },
    // Most units are the machine's, and saying so on every row would be noise.
    view.state !== "translated" || edited || (view.current && !passed && !by)
      ? el("span", { class: "state", text: edited ? `${STATES[view.state]}, edited` : STATES[view.state] }) : null,
    passed ? badge(`Already ${names(unit.language)}`) : null,
    by ? badge(by) : null,
    unit.repairs?.length ? badge("Repaired", unit.repairs.map(repairText).join("\n")) : null,
    view.label ? badge(view.label, LABELS[view.label] ?? view.label) : null,
    view.comment && !view.current ? badge("Comment", view.comment) : null,
    // What the model made of it says nothing of another's words.
    passed || unit.origin === "human" || edited ? null : scoreBar(unit));
}

const repairText = (repair) => `${repair.reason.split(",").map(spoken).join(", ")}: ${spoken(repair.method)}`;

function details(unit, view, edited) {
  const line = (label, ...content) => el("div", { class: "line" }, el("dt", { text: label }), el("dd", {}, ...content));
  const prose = (label, before, after) =>
    el("div", { class: "line" }, el("dt", { text: label }), el("dd", { class: "prose" }, ...differenceNodes(before, after)));
  const repairs = (unit.repairs ?? []).flatMap((repair) => [
    line("guard", repairText(repair)), !edited && repair.before !== unit.target && prose("before", repair.before, unit.target)]);
  const rows = [
    ...unit.findings.map((finding) => line(spoken(finding.check), finding.message)),
    ...unit.terms.map((term) => line(LOST.has(term.method) ? "term missing" : "term", receiptText(term))),
    view.outdated && line("note", "the machine’s version has changed since this was reviewed"),
    edited && prose("your change", unit.target, view.target),
    ...repairs,
    unit.model_target && unit.model_target !== unit.target && !edited && !repairs.length && prose("model’s own", unit.model_target, unit.target),
    ...(unit.suggestions ?? []).map((found, number) => suggestionLine(found, unit, view, number)),
    view.label && line("label", `${view.label}: ${LABELS[view.label] ?? ""}`),
    view.comment && !view.commenting && line("comment", view.comment),
  ].filter(Boolean);
  return el("div", { class: "details" }, rows.length ? el("dl", {}, ...rows) : null, view.commenting, view.actions);
}

/** A translation of a like sentence in the memory, its differences to this source, and a button that takes it. */
function suggestionLine(found, unit, view, number) {
  return el("div", { class: "line suggestion" },
    el("dt", { text: `memory ${Math.round(found.score * 100)} %` }),
    el("dd", {},
      el("p", { class: "prose", lang: view.language, dir: "auto", text: found.target }),
      el("p", { class: "alike", lang: unit.language, dir: "auto" }, ...differenceNodes(found.source, unit.source)),
      found.note ? el("p", { class: "alike", text: found.note }) : null,
      view.suggest ? el("button", { type: "button", class: "quiet small", title: `Use it (${number + 1})`, text: "Use", on: { click: () => view.suggest(number) } }) : null));
}
