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
    this.busy = false;
    this.failures = 0;
  }

  /** Send every change from now on. */
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
    try {
      const answer = await fetch("corrections", { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      this.edits.all.clear();
      this.edits.candidates = [];
      this.edits.imported(text);
      this.told("saved");
    } catch {
      this.told("lost");
    }
    this.follow();
  }

  async send() {
    if (this.busy || !(this.waiting.size || this.candidates)) return;
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
      setTimeout(() => { this.busy = false; this.send(); }, RETRY[Math.min(this.failures++, RETRY.length - 1)]);
      return;
    }
    this.busy = false;
    if (this.waiting.size || this.candidates) this.send();
    else this.told("saved");
  }
}
