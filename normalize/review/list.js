// A list that holds only the rows in sight, of any height; measured heights are kept.

/** Heights with fast sums (a Fenwick tree). */
class Heights {
  constructor(estimates) {
    this.values = Float64Array.from(estimates);
    this.tree = new Float64Array(this.values.length + 1);
    for (let k = 1; k < this.tree.length; k++) {
      this.tree[k] += this.values[k - 1];
      const parent = k + (k & -k);
      if (parent < this.tree.length) this.tree[parent] += this.tree[k];
    }
  }

  set(index, height) {
    const change = height - this.values[index];
    if (!change) return;
    this.values[index] = height;
    for (let k = index + 1; k < this.tree.length; k += k & -k) this.tree[k] += change;
  }

  /** Sum of the heights before `index`. */
  before(index) {
    let sum = 0;
    for (let k = index; k > 0; k -= k & -k) sum += this.tree[k];
    return sum;
  }

  /** Index of the row at `offset`. */
  at(offset) {
    let index = 0;
    for (let step = 1 << 30; step; step >>= 1) {
      const next = index + step;
      if (next < this.tree.length && this.tree[next] <= offset) {
        index = next;
        offset -= this.tree[next];
      }
    }
    return Math.min(index, this.values.length - 1);
  }
}

const MARGIN = 600; // pixels kept above and below what is in sight

class WindowedList {
  /** `make(index)` gives a row's element; `guess(index, width)` its height before it was ever measured. */
  constructor(scroller, make, guess) {
    Object.assign(this, { scroller, make, guess, rows: new Map(), count: 0, width: 0 });
    this.above = el("div", { "aria-hidden": "true" });
    this.below = el("div", { "aria-hidden": "true" });
    scroller.append(this.above, this.below);
    scroller.addEventListener("scroll", () => this.update(), { passive: true });
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(scroller);
  }

  /** Show `count` rows anew. */
  reset(count) {
    for (const row of this.rows.values()) this.drop(row);
    this.rows.clear();
    this.count = count;
    this.width = this.scroller.clientWidth;
    this.heights = new Heights(Array.from({ length: count }, (_, index) => this.guess(index, this.width)));
    this.update();
  }

  drop(row) {
    this.observer.unobserve(row);
    row.remove();
  }

  resized() {
    if (this.scroller.clientWidth !== this.width && this.count) {
      const top = this.heights.at(this.scroller.scrollTop);
      this.reset(this.count);
      this.show(top, 0);
    } else this.update();
  }

  /** Bring the rows in line with the scroll position; the row at `anchor` (or the top one) keeps its place. */
  update(anchor = null) {
    if (!this.count) {
      this.above.style.height = this.below.style.height = "0px";
      return;
    }
    for (let round = 0; round < 5; round++) {
      const { scrollTop, clientHeight } = this.scroller;
      const kept = anchor ?? this.heights.at(scrollTop);
      const place = this.heights.before(kept) - scrollTop;
      const first = this.heights.at(Math.max(0, scrollTop - MARGIN));
      const last = this.heights.at(scrollTop + clientHeight + MARGIN);
      const changed = this.fill(first, last);
      const moved = this.measure();
      this.above.style.height = `${this.heights.before(first)}px`;
      this.below.style.height = `${this.heights.before(this.count) - this.heights.before(last + 1)}px`;
      const wanted = Math.max(0, this.heights.before(kept) - place);
      if (Math.abs(wanted - scrollTop) >= 1) this.scroller.scrollTop = wanted;
      if (!changed && !moved) return;
    }
  }

  fill(first, last) {
    let changed = false;
    for (const [index, row] of this.rows) {
      if (index < first || index > last) {
        this.drop(row);
        this.rows.delete(index);
        changed = true;
      }
    }
    let after = this.above;
    for (let index = first; index <= last; index++) {
      let row = this.rows.get(index);
      if (!row) {
        row = this.make(index);
        this.rows.set(index, row);
        after.after(row);
        this.observer.observe(row);
        changed = true;
      }
      after = row;
    }
    return changed;
  }

  measure() {
    let moved = false;
    for (const [index, row] of this.rows) {
      const { height } = row.getBoundingClientRect();
      if (Math.abs(height - this.heights.values[index]) > 0.01) {
        this.heights.set(index, height);
        moved = true;
      }
    }
    return moved;
  }

  /** Make rows again whose content changed. */
  refresh(...indices) {
    for (const index of indices) {
      const old = this.rows.get(index);
      if (!old) continue;
      const row = this.make(index);
      this.observer.unobserve(old);
      old.replaceWith(row);
      this.rows.set(index, row);
      this.observer.observe(row);
    }
    this.update(indices.findLast((index) => this.rows.has(index)) ?? null);
  }

  /** Scroll so that row `index` begins `space` pixels below the top. */
  show(index, space) {
    for (let round = 0; round < 3; round++) {
      this.scroller.scrollTop = Math.max(0, this.heights.before(index) - space);
      this.update(index);
    }
  }

  /** Scroll only if row `index` is not wholly in sight. */
  reveal(index) {
    const { scrollTop, clientHeight } = this.scroller;
    const top = this.heights.before(index) - scrollTop;
    // What lies over the list's foot (a button, on a telephone) must not cover the row's own buttons.
    const sight = clientHeight - (parseFloat(getComputedStyle(this.scroller).scrollPaddingBottom) || 24);
    if (!this.rows.has(index) || top < 24 || top + this.heights.values[index] > sight) {
      this.show(index, Math.min(140, clientHeight / 4));
      const short = this.heights.before(index) - this.scroller.scrollTop + this.heights.values[index] - sight;
      if (short > 0) this.show(index, Math.max(8, Math.min(140, clientHeight / 4) - short));
    }
  }
}
