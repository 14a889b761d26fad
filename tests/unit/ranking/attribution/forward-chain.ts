import type { Path } from '../../../../server/src/ranking/models/attribution';
import type { Random } from '../../../../server/src/stats/seeded-random';

const START = '';
const CONVERSION = 'conversion';
const NULL = 'null';

/** A chain of order k as textbooks draw it: from the start to a conversion or to null, written down plainly. */
export class ForwardChain {
  /** By state, how often each next one came. States are items joined by commas. */
  readonly #next = new Map<string, Map<string, number>>();

  constructor(paths: readonly Path[], order: number, nulls = true) {
    for (const { items, conversions, nulls: without } of paths) {
      const lost = nulls ? without : 0;
      let state = START;
      items.forEach((_, i) => {
        const next = items.slice(Math.max(0, i + 1 - order), i + 1).join();
        this.#count(state, next, conversions + lost);
        state = next;
      });
      this.#count(state, CONVERSION, conversions);
      this.#count(state, NULL, lost);
    }
  }

  #count(from: string, to: string, many: number): void {
    if (many === 0) return;
    const row = this.#next.get(from) ?? new Map<string, number>();
    this.#next.set(from, row.set(to, (row.get(to) ?? 0) + many));
  }

  /** The chance to convert from the start when steps to an item end in null: Gaussian elimination with pivoting. */
  conversionRate(removed?: number): number {
    const states = [...this.#next.keys()];
    const n = states.length;
    const rows = states.map((state, s) => {
      const row = new Array<number>(n + 1).fill(0);
      row[s] = 1;
      const next = this.#next.get(state)!;
      const all = [...next.values()].reduce((a, b) => a + b, 0);
      for (const [to, many] of next) {
        if (to === CONVERSION) row[n]! += many / all;
        else if (to !== NULL && itemOf(to) !== removed) row[states.indexOf(to)]! -= many / all;
      }
      return row;
    });
    for (let c = 0; c < n; c++) {
      let pivot = c;
      for (let r = c + 1; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
      [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
      for (let r = 0; r < n; r++) {
        if (r === c || rows[r]![c] === 0) continue;
        const factor = rows[r]![c]! / rows[c]![c]!;
        for (let k = c; k <= n; k++) rows[r]![k]! -= factor * rows[c]![k]!;
      }
    }
    const start = states.indexOf(START);
    return rows[start]![n]! / rows[start]![start]!;
  }

  /** One walk from the start: the items it passed, and whether it converted. */
  walk(random: Random): { passed: Set<number>; converted: boolean } {
    const passed = new Set<number>();
    for (let state = START; ; ) {
      state = drawn(this.#next.get(state)!, random);
      if (state === CONVERSION || state === NULL) return { passed, converted: state === CONVERSION };
      passed.add(itemOf(state));
    }
  }
}

const itemOf = (state: string): number => Number(state.slice(state.lastIndexOf(',') + 1));

function drawn(row: Map<string, number>, random: Random): string {
  const all = [...row.values()].reduce((a, b) => a + b, 0);
  let left = all * random();
  for (const [to, many] of row) {
    left -= many;
    if (left < 0) return to;
  }
  return [...row.keys()].at(-1)!;
}
