// A row for the glossary out of a unit: words chosen on both sides, by pointer, finger or keyboard.

const PIECES = /[\p{L}\p{M}\p{N}]+(?:[-’'.][\p{L}\p{M}\p{N}]+)*|\s+|[^\s\p{L}\p{M}\p{N}]/gu;

/** A sentence whose words can be chosen as a run; `chosen` is told the text of the run. */
class Words {
  constructor(label, text, language, chosen) {
    Object.assign(this, { text, chosen, from: -1, to: -1 });
    this.words = [];
    const nodes = [];
    for (const match of text.matchAll(PIECES)) {
      if (!/[\p{L}\p{N}]/u.test(match[0])) { nodes.push(match[0]); continue; }
      const number = this.words.length;
      const node = el("button", { type: "button", class: "word", tabindex: number ? -1 : 0, "aria-pressed": "false", text: match[0],
        on: { click: (event) => this.pick(number, event.shiftKey), keydown: (event) => this.key(event, number) } });
      this.words.push({ node, start: match.index, end: match.index + match[0].length });
      nodes.push(node);
    }
    this.element = el("div", { class: "words", role: "group", "aria-label": label, lang: language, dir: "auto" }, ...nodes);
  }

  /** Begin a run at a word, or stretch the one begun to it. */
  pick(number, stretch = false) {
    const single = this.from >= 0 && this.from === this.to && number !== this.from;
    if (this.from >= 0 && (stretch || single)) [this.from, this.to] = [Math.min(this.from, number), Math.max(this.to, number)];
    else if (this.from === number && this.to === number) this.from = this.to = -1;
    else this.from = this.to = number;
    this.show();
  }

  /** Choose the words that a piece of the text covers. */
  cover(start, end) {
    const inside = this.words.flatMap((word, number) => (word.start < end && word.end > start ? [number] : []));
    if (inside.length) [this.from, this.to] = [inside[0], inside.at(-1)];
    this.show();
  }

  show() {
    this.words.forEach(({ node }, number) => node.setAttribute("aria-pressed", number >= this.from && number <= this.to && this.from >= 0));
    this.chosen(this.from < 0 ? "" : this.text.slice(this.words[this.from].start, this.words[this.to].end));
  }

  key(event, number) {
    const forward = getComputedStyle(this.element).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const next = { [forward]: number + 1, [back]: number - 1, Home: 0, End: this.words.length - 1 }[event.key];
    if (next === undefined || !this.words[next]) return;
    event.preventDefault();
    this.words[number].node.tabIndex = -1;
    this.words[next].node.tabIndex = 0;
    this.words[next].node.focus();
    if (event.shiftKey) {
      if (this.from < 0) this.from = this.to = number;
      [this.from, this.to] = next < this.from ? [next, this.to] : next > this.to ? [this.from, next]
        : forward === event.key ? [next, this.to] : [this.from, next];
      this.show();
    }
  }
}

/** The part of a row's text that is selected, as [start, end], or null. */
function selectedIn(element) {
  const selection = getSelection();
  if (!element || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [start, start + range.toString().length];
}

class GlossaryDialog {
  constructor(edits, data, done) {
    Object.assign(this, { edits, data, done, picked: new Map() });
    this.dialog = $("glossary");
    $("glossary-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    $("glossary-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => done());
    document.addEventListener("selectionchange", () => this.remember());
  }

  /** Keep what was selected on each side: selecting on the other side takes the first selection away. */
  remember() {
    const row = getSelection().anchorNode?.parentElement?.closest("article.unit");
    if (!row) return;
    for (const side of ["source", "target"]) {
      const span = selectedIn(row.querySelector(`.${side} .text`));
      if (span) this.picked.set(side, { unit: row.dataset.id, span });
    }
  }

  show(unit, target) {
    this.unit = unit;
    const fields = { source: $("glossary-source"), target: $("glossary-target") };
    const texts = { source: [unit.source, unit.language, "Source words"], target: [target, this.data.target_language, "English words"] };
    for (const [side, field] of Object.entries(fields)) {
      const [text, language, label] = texts[side];
      field.value = "";
      field.lang = language;
      const words = new Words(label, text, language, (chosen) => { field.value = chosen; });
      $(`glossary-${side}-words`).replaceChildren(words.element);
      const picked = this.picked.get(side);
      if (picked?.unit === unit.id) words.cover(...picked.span);
    }
    this.picked.clear();
    $("glossary-kind").value = "term";
    $("glossary-problem").textContent = "";
    this.list();
    this.dialog.showModal();
    (this.dialog.querySelector(".word") ?? fields.source).focus();
  }

  add() {
    const clean = (id) => $(id).value.replaceAll(/\s+/g, " ").trim();
    const kind = $("glossary-kind").value;
    const source = clean("glossary-source");
    const target = kind === "keep" ? source : clean("glossary-target");
    if (!source || !target) {
      $("glossary-problem").textContent = source ? "Choose or write the English." : "Choose or write the source words.";
      (source ? $("glossary-target") : $("glossary-source")).focus();
      return;
    }
    const row = { source, target, source_language: this.unit.language, target_language: this.data.target_language, kind };
    const fresh = this.edits.propose(this.unit, row);
    this.dialog.close();
    say(fresh ? `For the glossary: ${apart(source)} → ${apart(target)}` : "That row is among the candidates already.");
  }

  list() {
    const { candidates } = this.edits;
    $("glossary-list").replaceChildren(...candidates.map((one) => el("li", {},
      el("span", { dir: "auto", text: `${apart(one.source)} → ${apart(one.target)}` }),
      el("button", { type: "button", class: "quiet small", text: "Remove", "aria-label": `Remove ${one.source}`,
        on: { click: () => { this.edits.withdraw(one); this.list(); $("glossary-close").focus(); } } }))));
    $("glossary-so-far").hidden = !candidates.length;
    $("glossary-count").textContent = candidates.length;
  }
}
