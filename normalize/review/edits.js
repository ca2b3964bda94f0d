// What the reviewer changed: kept in this browser under the run's signature, saved to a file on request.
//
// An edit: { hash, machine, target, state, comment }, by unit id. `hash` is that of the source it was made for.

const FORMAT = "normalize corrections";

class Edits {
  constructor(data, units) {
    this.signature = data.signature;
    this.prefix = `normalize review of ${data.name}\n`;
    this.key = this.prefix + data.signature;
    this.units = units; // Map: id → unit
    this.stored = true;
    this.unsaved = false;
    this.load();
  }

  /** Read what this browser keeps; another window may have written it. */
  load() {
    this.all = new Map();
    this.undone = []; // [id, edit before], newest last
    try {
      for (const [id, edit] of Object.entries(JSON.parse(localStorage.getItem(this.key) ?? "{}"))) this.all.set(id, edit);
    } catch {
      this.stored = false; // storage is off, or holds something else: the page still works, and says so
    }
  }

  /** Edits of earlier runs of the same folder that fit a unit here and are not made here yet: [[id, edit], …]. */
  earlier() {
    const found = new Map();
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix) || key === this.key) continue;
        for (const [id, edit] of Object.entries(JSON.parse(localStorage.getItem(key)))) {
          if (this.units.get(id)?.hash === edit.hash && !this.all.has(id)) found.set(id, edit);
        }
      }
    } catch { /* not readable: then there is nothing to offer */ }
    return [...found];
  }

  /** Take over edits of earlier runs. */
  adopt(found) {
    for (const [id, edit] of found) this.all.set(id, edit);
    this.save();
  }

  /** The edit of a unit, if it was made for this very source. */
  of(unit) {
    const edit = this.all.get(unit.id);
    return edit && edit.hash === unit.hash ? edit : undefined;
  }

  target(unit) { return this.of(unit)?.target ?? unit.target; }
  state(unit) { return this.of(unit)?.state ?? unit.state; }
  /** Whether the machine says something else now than when the edit was made. */
  outdated(unit) { return (this.of(unit)?.machine ?? unit.target) !== unit.target; }
  comment(unit) { return this.of(unit)?.comment ?? ""; }

  /** Edits whose unit is gone or has another source now: shown, never applied. */
  strays() {
    return [...this.all].filter(([id, edit]) => this.units.get(id)?.hash !== edit.hash);
  }

  /** Change a unit; what ends up as the machine left it is no edit. */
  change(unit, patch) {
    const before = this.of(unit);
    const edit = {
      hash: unit.hash, machine: unit.target, target: unit.target, state: unit.state, comment: "", ...before, ...patch,
    };
    if (before && ["target", "state", "comment"].every((name) => before[name] === edit[name])) return;
    this.undone.push([unit.id, before]);
    this.put(unit, edit);
  }

  put(unit, edit) {
    const same = !edit || (edit.target === unit.target && edit.state === unit.state && !edit.comment);
    if (same) this.all.delete(unit.id);
    else this.all.set(unit.id, edit);
    this.save();
  }

  /** Take the last change back; gives its unit. */
  undo() {
    const last = this.undone.pop();
    if (!last) return null;
    const unit = this.units.get(last[0]);
    this.put(unit, last[1]);
    return unit;
  }

  save() {
    this.unsaved = true;
    try {
      localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.all)));
      this.stored = true;
    } catch {
      this.stored = false;
    }
  }

  /** The text of corrections.json; its reader is normalize/review/corrections.py. */
  exported() {
    const corrections = [...this.all]
      .map(([id, edit]) => ({
        unit: id, source_hash: edit.hash, machine_target: edit.machine, target: edit.target, state: edit.state,
        comment: edit.comment,
      }))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1));
    return JSON.stringify({ format: FORMAT, version: 1, signature: this.signature, corrections }, null, 1) + "\n";
  }

  /** Take in the text of a corrections.json; gives how many were new here. Throws what is wrong with it. */
  imported(text) {
    const file = JSON.parse(text);
    if (file?.format !== FORMAT || file.version !== 1 || !Array.isArray(file.corrections)) {
      throw new Error("this is not a corrections.json of this program");
    }
    let taken = 0;
    for (const one of file.corrections) {
      const strings = [one?.unit, one?.source_hash, one?.machine_target, one?.target, one?.comment];
      if (!strings.every((value) => typeof value === "string") || !Object.hasOwn(STATES, one.state)) {
        throw new Error(`correction ${taken + 1} is not complete`);
      }
      this.all.set(one.unit, {
        hash: one.source_hash, machine: one.machine_target, target: one.target, state: one.state, comment: one.comment,
      });
      taken += 1;
    }
    this.undone = [];
    this.save();
    return taken;
  }
}
