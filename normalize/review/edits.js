// What the reviewer changed: kept in this browser under the run's signature, saved to a file on request.
//
// An edit: { hash, machine, target, state, comment, label }, by unit id. `hash` is that of the source it was made for.
// A candidate: { source, target, source_language, target_language, kind, unit }, a row proposed for the glossary.

const FORMAT = "normalize corrections";
const KINDS = ["term", "name", "keep"];
const PARTS = ["target", "state", "comment", "label"];

class Edits {
  constructor(data, units) {
    this.signature = data.signature;
    this.prefix = `normalize review of ${data.name}\n`;
    this.key = this.prefix + data.signature.replace(/\|memory [^|]*/, ""); // corrections taken home make no other run
    this.candidatesKey = `normalize glossary candidates of ${data.name}`; // they outlive a run
    this.units = units; // Map: id → unit
    this.stored = true;
    this.unsaved = false;
    this.changed = () => {}; // told the ids of units changed, or null when candidates did
    this.load();
  }

  /** Read what this browser keeps; another window may have written it. */
  load() {
    this.all = new Map();
    this.candidates = [];
    this.undone = []; // functions that take a change back and give its unit, newest last
    try {
      for (const [id, edit] of Object.entries(JSON.parse(localStorage.getItem(this.key) ?? "{}"))) {
        if (!this.home(id, edit)) this.all.set(id, edit);
      }
      this.candidates = JSON.parse(localStorage.getItem(this.candidatesKey) ?? "[]");
    } catch {
      this.stored = false; // storage is off, or holds something else: the page still works, and says so
    }
  }

  /** Whether an edit has gone home: the corpus says what it says. */
  home(id, edit) {
    const unit = this.units.get(id);
    if (unit?.hash !== edit.hash || edit.target !== unit.target || edit.state !== unit.state) return false;
    return edit.machine !== unit.target || (!edit.comment && !edit.label);
  }

  /** Edits of earlier runs of the same folder that fit a unit here and are not made here yet: [[id, edit], …]. */
  earlier() {
    const found = new Map();
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix) || key === this.key) continue;
        for (const [id, edit] of Object.entries(JSON.parse(localStorage.getItem(key)))) {
          if (this.units.get(id)?.hash === edit.hash && !this.all.has(id) && !this.home(id, edit)) found.set(id, edit);
        }
      }
    } catch { /* not readable: then there is nothing to offer */ }
    return [...found];
  }

  /** Take over edits of earlier runs. */
  adopt(found) {
    for (const [id, edit] of found) this.all.set(id, edit);
    this.save(found.map(([id]) => id));
  }

  /** The edit of a unit, if it was made for this very source. */
  of(unit) {
    const edit = this.all.get(unit.id);
    return edit && edit.hash === unit.hash ? edit : undefined;
  }

  target(unit) { return this.of(unit)?.target ?? unit.target; }
  state(unit) { return this.of(unit)?.state ?? unit.state; }
  comment(unit) { return this.of(unit)?.comment ?? ""; }
  label(unit) { return this.of(unit)?.label ?? ""; }
  /** Whether the machine says something else now than when the edit was made. */
  outdated(unit) { return (this.of(unit)?.machine ?? unit.target) !== unit.target; }

  /** Edits whose unit is gone or has another source now: shown, never applied. */
  strays() {
    return [...this.all].filter(([id, edit]) => this.units.get(id)?.hash !== edit.hash);
  }

  /** Give up an edit that fits no unit here. */
  discard(id) {
    this.all.delete(id);
    this.save([id]);
  }

  /** Change a unit; what ends up as the machine left it is no edit. */
  change(unit, patch) {
    const before = this.of(unit);
    const edit = {
      hash: unit.hash, machine: unit.target, target: unit.target, state: unit.state, comment: "", label: "", ...before, ...patch,
    };
    if (before && PARTS.every((name) => (before[name] ?? "") === edit[name])) return;
    this.undone.push(() => { this.put(unit, before); return unit; });
    this.put(unit, edit);
  }

  put(unit, edit) {
    const same = !edit || (edit.target === unit.target && edit.state === unit.state && !edit.comment && !edit.label);
    if (same) this.all.delete(unit.id);
    else this.all.set(unit.id, edit);
    this.save([unit.id]);
  }

  /** Take the last change back; gives its unit. */
  undo() { return this.undone.pop()?.() ?? null; }

  /** Propose a row for the glossary; false when it is proposed already. */
  propose(unit, candidate) {
    if (this.candidates.some((one) => one.source === candidate.source && one.target === candidate.target)) return false;
    this.candidates = [...this.candidates, { ...candidate, unit: unit.id }];
    this.undone.push(() => { this.withdraw(candidate); return unit; });
    this.save(null);
    return true;
  }

  withdraw({ source, target }) {
    this.candidates = this.candidates.filter((one) => one.source !== source || one.target !== target);
    this.save(null);
  }

  save(ids) {
    this.unsaved = true;
    try {
      if (ids === null) localStorage.setItem(this.candidatesKey, JSON.stringify(this.candidates));
      else localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.all)));
      this.stored = true;
    } catch {
      this.stored = false;
    }
    this.changed(ids);
  }

  /** The correction of a unit as corrections.json holds it; undefined when there is none. */
  correction(id) {
    const edit = this.all.get(id);
    return edit && {
      unit: id, source_hash: edit.hash, machine_target: edit.machine, target: edit.target, state: edit.state,
      comment: edit.comment, label: edit.label ?? "",
    };
  }

  file(corrections, candidates) {
    return { format: FORMAT, version: 2, signature: this.signature, corrections, glossary: candidates };
  }

  /** The text of corrections.json; its reader is normalize/review/corrections.py. */
  exported() {
    const corrections = [...this.all.keys()].sort((a, b) => (a < b ? -1 : 1)).map((id) => this.correction(id));
    return JSON.stringify(this.file(corrections, this.candidates), null, 1) + "\n";
  }

  /** Take in the text of a corrections.json; gives how many it held. Throws what is wrong with it, and then takes nothing. */
  imported(text) {
    const file = JSON.parse(text);
    if (file?.format !== FORMAT || ![1, 2].includes(file.version) || !Array.isArray(file.corrections)) {
      throw new Error("this is not a corrections.json of this program");
    }
    const strings = (...values) => values.every((value) => typeof value === "string");
    file.corrections.forEach((one, index) => {
      const complete = strings(one?.unit, one?.source_hash, one?.machine_target, one?.target, one?.comment ?? "", one?.label ?? "");
      const known = Object.hasOwn(STATES, one?.state) && (!one.label || Object.hasOwn(LABELS, one.label));
      if (!complete || !known) throw new Error(`correction ${index + 1} is not complete`);
    });
    const candidates = (Array.isArray(file.glossary) ? file.glossary : []).map((one, index) => {
      const { source, target, source_language = "", target_language = "", kind = "term", unit = "" } = one ?? {};
      if (!strings(source, target, source_language, target_language, unit) || !KINDS.includes(kind)) {
        throw new Error(`glossary row ${index + 1} is not complete`);
      }
      return { source, target, source_language, target_language, kind, unit };
    }).filter((one) => !this.candidates.some((had) => had.source === one.source && had.target === one.target));
    for (const one of file.corrections) {
      const edit = {
        hash: one.source_hash, machine: one.machine_target, target: one.target, state: one.state, comment: one.comment ?? "",
        label: one.label ?? "",
      };
      if (this.home(one.unit, edit)) this.all.delete(one.unit);
      else this.all.set(one.unit, edit);
    }
    this.candidates = [...this.candidates, ...candidates];
    this.undone = [];
    this.save(file.corrections.map((one) => one.unit));
    if (candidates.length) this.save(null);
    return file.corrections.length;
  }
}
