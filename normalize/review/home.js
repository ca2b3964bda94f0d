// Where edits go when `normalize review serve` gave the page: to that server, straight away. From a file: nowhere.

const RETRY = [500, 1000, 2000, 4000, 8000]; // milliseconds to wait after a failed attempt; the last for all further

class Home {
  /** `told` is called with "saved", "saving" or "lost" when that changes. */
  constructor(edits, told) {
    this.served = document.querySelector("meta[name=home]")?.content === "served";
    this.edits = edits;
    this.told = told;
    this.waiting = new Set(); // ids of units whose edit the server does not have yet
    this.candidates = false; // whether the candidates wait too
    this.opened = false; // whether it is known here what the server has; before, nothing is sent
    this.busy = false;
    this.failures = 0;
  }

  /** Take note of every change from now on, and send it. */
  follow() {
    this.edits.changed = (ids) => {
      if (ids === null) this.candidates = true;
      else ids.forEach((id) => this.waiting.add(id));
      this.send();
    };
  }

  get unsaved() { return this.served && (this.busy || this.waiting.size > 0 || this.candidates); }

  /** Fetch what the server has: it, not this browser, knows what was changed. Resolves when that is taken in. */
  async open() {
    if (!this.served) return;
    this.follow();
    while (!this.opened) {
      try {
        const answer = await fetch("corrections", { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        this.take(await answer.text());
        this.opened = true;
      } catch {
        this.told("lost");
        await new Promise((go) => { setTimeout(go, this.pause()); });
      }
    }
    this.failures = 0;
    if (this.unsaved) this.send();
    else this.told("saved");
  }

  /** Take in what the server has, under what was changed here since the page began. Throws, then all is as before. */
  take(text) {
    const { all, candidates, undone, changed } = this.edits;
    this.edits.all = new Map();
    this.edits.candidates = this.candidates ? candidates : [];
    this.edits.changed = () => {}; // what comes from there need not go there
    try {
      this.edits.imported(text);
    } catch (error) {
      Object.assign(this.edits, { all, candidates });
      throw error;
    } finally {
      Object.assign(this.edits, { undone, changed });
    }
    for (const id of this.waiting) {
      if (all.has(id)) this.edits.all.set(id, all.get(id));
      else this.edits.all.delete(id);
    }
    if (this.waiting.size) this.edits.save([...this.waiting]);
  }

  /** Milliseconds to wait after one more failed attempt. */
  pause() { return RETRY[Math.min(this.failures++, RETRY.length - 1)]; }

  async send() {
    if (!this.opened || this.busy || !(this.waiting.size || this.candidates)) return;
    this.busy = true;
    const ids = [...this.waiting];
    const candidates = this.candidates;
    this.waiting.clear();
    this.candidates = false;
    const corrections = ids.map((id) => this.edits.correction(id)).filter(Boolean);
    const gone = ids.filter((id) => !this.edits.all.has(id));
    this.told("saving");
    try {
      const answer = await fetch("corrections", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...this.edits.file(corrections, candidates ? this.edits.candidates : null), withdrawn: gone }),
      });
      if (!answer.ok) throw new Error(answer.statusText);
      this.failures = 0;
    } catch {
      ids.forEach((id) => this.waiting.add(id));
      this.candidates ||= candidates;
      this.told("lost");
      setTimeout(() => { this.busy = false; this.send(); }, this.pause());
      return;
    }
    this.busy = false;
    if (this.waiting.size || this.candidates) this.send();
    else this.told("saved");
  }
}
