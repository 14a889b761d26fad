import type { Cells } from './cells';

/** One quantity compared within cells, by place. */
export interface Column {
  values: Float64Array;
  /** What it would be with one item fewer: where somebody exposed is compared without the item. */
  without: Float64Array;
}

export interface AdjustedDifference {
  difference: number;
  standardError: number;
}

/** The comparison of one item within cells. */
export interface Adjusted {
  /** One for each column. */
  differences: AdjustedDifference[];
  /** How many persons of equal weight the weighted ones are worth (L. Kish, 1965), on each side. */
  effective: { exposed: number; unexposed: number };
  /** Σ n₁ n₀ / (n₁ + n₀) over the cells: the variance of the exposure that is left within them, times n. */
  overlap: number;
  /** Exposed persons in cells without anybody to compare them with. */
  withoutMatch: number;
}

/** Of one column, by cell. */
interface Sums {
  sum1: Float64Array;
  squares1: Float64Array;
  sum0: Float64Array;
  squares0: Float64Array;
}

/**
 * Compares those who touched an item with those who did not but might have, cell by cell, with the item itself left out of
 * what a person read. Cells are weighted by n₁ n₀ / (n₁ + n₀), which makes the most of where both kinds of person are found
 * and asks nothing of where only one is: overlap weights (F. Li, K. Morgan and A. Zaslavsky, "Balancing covariates via
 * propensity score weighting", JASA 113, 2018), here exact by cell.
 */
export class CellComparison {
  /** Places by cell, in each the last active first, and what each column adds up to from the first place on. */
  readonly #byActivity: Int32Array;
  readonly #from: Int32Array;
  readonly #sums: Float64Array[];
  readonly #squares: Float64Array[];
  /** By cell, of the item at hand: exposed persons by the cell they would be in without it, and the unexposed. */
  readonly #n1: Float64Array;
  readonly #n0: Float64Array;
  readonly #until: Int32Array;
  readonly #scratch: Sums;

  /** @param lastActiveAt until when each place might have touched something */
  constructor(
    private readonly cells: Cells,
    private readonly columns: Column[],
    private readonly lastActiveAt: Float64Array,
  ) {
    const { count, of } = cells;
    this.#byActivity = Int32Array.from(of.keys()).sort(
      (a, b) => of[a]! - of[b]! || lastActiveAt[b]! - lastActiveAt[a]!,
    );
    this.#from = new Int32Array(count + 1);
    for (const cell of of) this.#from[cell + 1]!++;
    for (let cell = 0; cell < count; cell++) this.#from[cell + 1]! += this.#from[cell]!;
    this.#sums = columns.map(({ values }) => running(this.#byActivity, values, (value) => value));
    this.#squares = columns.map(({ values }) => running(this.#byActivity, values, (value) => value * value));
    const byCell = () => new Float64Array(count);
    this.#n1 = byCell();
    this.#n0 = byCell();
    this.#until = new Int32Array(count);
    this.#scratch = { sum1: byCell(), squares1: byCell(), sum0: byCell(), squares0: byCell() };
  }

  /**
   * @param exposed places of those who touched it
   * @param outSince since when it could be touched; people who were last seen before are not compared
   */
  compare(exposed: Int32Array, outSince: number): Adjusted {
    this.#count(exposed, outSince);
    const weights = this.#weigh();
    return {
      ...weights,
      differences: this.columns.map((column, k) => {
        this.#add(exposed, column, k);
        return difference(this.#n1, this.#n0, this.#scratch, weights.overlap);
      }),
    };
  }

  /** Counts both sides by cell. Somebody exposed was active since the item came out, and is among all who were. */
  #count(exposed: Int32Array, outSince: number): void {
    const { of, without, count } = this.cells;
    this.#n1.fill(0);
    for (let cell = 0; cell < count; cell++) {
      const from = this.#from[cell]!;
      const to = this.#firstBefore(outSince, from, this.#from[cell + 1]!);
      this.#until[cell] = to;
      this.#n0[cell] = to - from;
    }
    for (let i = 0; i < exposed.length; i++) {
      this.#n1[without[exposed[i]!]!]!++;
      this.#n0[of[exposed[i]!]!]!--;
    }
  }

  #weigh(): Omit<Adjusted, 'differences'> {
    let overlap = 0;
    let withoutMatch = 0;
    let squares1 = 0;
    let squares0 = 0;
    for (let cell = 0; cell < this.cells.count; cell++) {
      const n1 = this.#n1[cell]!;
      const n0 = this.#n0[cell]!;
      if (n1 === 0 || n0 <= 0) {
        withoutMatch += n1;
        continue;
      }
      const weight = (n1 * n0) / (n1 + n0);
      overlap += weight;
      squares1 += weight * (n0 / (n1 + n0));
      squares0 += weight * (n1 / (n1 + n0));
    }
    const effective = {
      exposed: squares1 > 0 ? (overlap * overlap) / squares1 : 0,
      unexposed: squares0 > 0 ? (overlap * overlap) / squares0 : 0,
    };
    return { overlap, withoutMatch, effective };
  }

  /** Adds up a column on both sides: here plain loops, for this is where a ranking spends its time. */
  #add(exposed: Int32Array, { values, without }: Column, k: number): void {
    const { sum1, squares1, sum0, squares0 } = this.#scratch;
    const { of, without: cellWithout, count } = this.cells;
    const sums = this.#sums[k]!;
    const squares = this.#squares[k]!;
    for (let cell = 0; cell < count; cell++) {
      sum1[cell] = 0;
      squares1[cell] = 0;
      sum0[cell] = sums[this.#until[cell]!]! - sums[this.#from[cell]!]!;
      squares0[cell] = squares[this.#until[cell]!]! - squares[this.#from[cell]!]!;
    }
    for (let i = 0; i < exposed.length; i++) {
      const place = exposed[i]!;
      const inside = cellWithout[place]!;
      const outside = of[place]!;
      const value1 = without[place]!;
      const value0 = values[place]!;
      sum1[inside] = sum1[inside]! + value1;
      squares1[inside] = squares1[inside]! + value1 * value1;
      sum0[outside] = sum0[outside]! - value0;
      squares0[outside] = squares0[outside]! - value0 * value0;
    }
  }

  /** The first of a cell's persons who was last active before a moment, or the end of the cell. */
  #firstBefore(since: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lastActiveAt[this.#byActivity[middle]!]! >= since) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Sums from the first place up to each, 0 before it. */
function running(order: Int32Array, values: Float64Array, of: (value: number) => number): Float64Array {
  const sums = new Float64Array(order.length + 1);
  for (let i = 0; i < order.length; i++) sums[i + 1] = sums[i]! + of(values[order[i]!]!);
  return sums;
}

/** Below this share of the squares their deviations are nothing but rounding. */
const ROUNDING = 1e-10;

/** Σ (x − mean)² */
function deviations(squares: number, sum: number, n: number): number {
  const rest = squares - (sum * sum) / n;
  return rest > ROUNDING * squares ? rest : 0;
}

/**
 * The weighted mean of the differences by cell. Those exposed are too few in most cells for a variance of their own: it is
 * taken for that of the others there, times what the ratio of the two is over all cells.
 */
function difference(
  n1s: Float64Array,
  n0s: Float64Array,
  { sum1, squares1, sum0, squares0 }: Sums,
  overlap: number,
): AdjustedDifference {
  let total = 0;
  let within1 = 0;
  let expected1 = 0;
  for (let cell = 0; cell < n1s.length; cell++) {
    const n1 = n1s[cell]!;
    const n0 = n0s[cell]!;
    if (n1 === 0 || n0 <= 0) continue;
    total += ((n1 * n0) / (n1 + n0)) * (sum1[cell]! / n1 - sum0[cell]! / n0);
    if (n1 < 2 || n0 < 2) continue;
    within1 += deviations(squares1[cell]!, sum1[cell]!, n1);
    expected1 += ((n1 - 1) * deviations(squares0[cell]!, sum0[cell]!, n0)) / (n0 - 1);
  }
  const ratio = expected1 > 0 && within1 > 0 ? within1 / expected1 : 1;
  let variance = 0;
  for (let cell = 0; cell < n1s.length; cell++) {
    const n1 = n1s[cell]!;
    const n0 = n0s[cell]!;
    if (n1 === 0 || n0 <= 0) continue;
    const variance0 =
      n0 >= 2
        ? deviations(squares0[cell]!, sum0[cell]!, n0) / (n0 - 1)
        : deviations(squares1[cell]!, sum1[cell]!, n1) / Math.max(1, n1 - 1) / ratio;
    variance += ((n1 * n0) / (n1 + n0)) ** 2 * ((ratio * variance0) / n1 + variance0 / n0);
  }
  return { difference: total / overlap, standardError: Math.sqrt(variance) / overlap };
}
