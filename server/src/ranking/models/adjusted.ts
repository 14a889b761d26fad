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

/** Sums over the members of each cell, those active from some moment on. */
interface Totals {
  count: Float64Array;
  /** Column after column, each a sum and a sum of squares by cell. */
  sums: Float64Array[];
  squares: Float64Array[];
}

/**
 * Compares those who touched an item with those who did not but might have, cell by cell, with the item itself left out of
 * what a person read. Cells are weighted by n₁ n₀ / (n₁ + n₀), which makes the most of where both kinds of person are found
 * and asks nothing of where only one is: overlap weights (F. Li, K. Morgan and A. Zaslavsky, "Balancing covariates via
 * propensity score weighting", JASA 113, 2018), here exact by cell.
 */
export class CellComparison {
  /** Places by cell, in each the last active first, and what they add up to from the first one on. */
  readonly #byActivity: Int32Array;
  readonly #from: Int32Array;
  readonly #sums: Float64Array[];
  readonly #squares: Float64Array[];
  readonly #everyone: Totals;

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
    this.#sums = columns.map((column) => running(this.#byActivity, (place) => column.values[place]!));
    this.#squares = columns.map((column) => running(this.#byActivity, (place) => column.values[place]! ** 2));
    this.#everyone = this.#totals(Number.NEGATIVE_INFINITY);
  }

  /**
   * @param exposed places of those who touched it
   * @param outSince since when it could be touched; people who were last seen before are not compared
   */
  compare(exposed: Int32Array, outSince: number): Adjusted {
    const { cells, columns } = this;
    const totals = outSince > Number.NEGATIVE_INFINITY ? this.#totals(outSince) : this.#everyone;
    const inside = emptyTotals(cells.count, columns.length);
    const outside = emptyTotals(cells.count, columns.length);
    for (const place of exposed) {
      add(inside, cells.without[place]!, (k) => columns[k]!.without[place]!);
      // Somebody exposed was active, and is in the totals of all.
      add(outside, cells.of[place]!, (k) => columns[k]!.values[place]!);
    }
    return differencesOf(inside, outside, totals);
  }

  #totals(since: number): Totals {
    const totals = emptyTotals(this.cells.count, this.columns.length);
    for (let cell = 0; cell < this.cells.count; cell++) {
      const from = this.#from[cell]!;
      const to = this.#firstBefore(since, from, this.#from[cell + 1]!);
      totals.count[cell] = to - from;
      for (let k = 0; k < this.columns.length; k++) {
        totals.sums[k]![cell] = this.#sums[k]![to]! - this.#sums[k]![from]!;
        totals.squares[k]![cell] = this.#squares[k]![to]! - this.#squares[k]![from]!;
      }
    }
    return totals;
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
function running(order: Int32Array, valueAt: (place: number) => number): Float64Array {
  const sums = new Float64Array(order.length + 1);
  for (let i = 0; i < order.length; i++) sums[i + 1] = sums[i]! + valueAt(order[i]!);
  return sums;
}

const emptyTotals = (cells: number, columns: number): Totals => ({
  count: new Float64Array(cells),
  sums: Array.from({ length: columns }, () => new Float64Array(cells)),
  squares: Array.from({ length: columns }, () => new Float64Array(cells)),
});

function add({ count, sums, squares }: Totals, cell: number, valueIn: (column: number) => number): void {
  count[cell]!++;
  for (let k = 0; k < sums.length; k++) {
    const value = valueIn(k);
    sums[k]![cell]! += value;
    squares[k]![cell]! += value * value;
  }
}

/** Below this share of the squares their deviations are nothing but rounding. */
const ROUNDING = 1e-10;

/** Σ (x − mean)² */
function deviations(squares: number, sum: number, n: number): number {
  const rest = squares - (sum * sum) / n;
  return rest > ROUNDING * squares ? rest : 0;
}

/** @param inside those exposed, by the cell they would be in without the item; @param outside the same by their own cell */
function differencesOf(inside: Totals, outside: Totals, all: Totals): Adjusted {
  let overlap = 0;
  let withoutMatch = 0;
  let squaresOfExposed = 0;
  let squaresOfUnexposed = 0;
  const weights = inside.count.map((n1, cell) => {
    const n0 = all.count[cell]! - outside.count[cell]!;
    if (n1 === 0 || n0 <= 0) {
      withoutMatch += n1;
      return 0;
    }
    const weight = (n1 * n0) / (n1 + n0);
    overlap += weight;
    squaresOfExposed += weight * (n0 / (n1 + n0));
    squaresOfUnexposed += weight * (n1 / (n1 + n0));
    return weight;
  });
  const differences = inside.sums.map((sums, k): AdjustedDifference => {
    const cells = Array.from(weights).flatMap((weight, cell) => {
      if (weight === 0) return [];
      const n1 = inside.count[cell]!;
      const n0 = all.count[cell]! - outside.count[cell]!;
      const sum0 = all.sums[k]![cell]! - outside.sums[k]![cell]!;
      const squares0 = all.squares[k]![cell]! - outside.squares[k]![cell]!;
      return {
        weight,
        n1,
        n0,
        difference: sums[cell]! / n1 - sum0 / n0,
        deviations1: deviations(inside.squares[k]![cell]!, sums[cell]!, n1),
        deviations0: deviations(squares0, sum0, n0),
      };
    });
    let sum = 0;
    for (const { weight, difference } of cells) sum += weight * difference;
    return { difference: sum / overlap, standardError: Math.sqrt(varianceOf(cells)) / overlap };
  });
  return {
    differences,
    overlap,
    withoutMatch,
    effective: {
      exposed: squaresOfExposed > 0 ? (overlap * overlap) / squaresOfExposed : 0,
      unexposed: squaresOfUnexposed > 0 ? (overlap * overlap) / squaresOfUnexposed : 0,
    },
  };
}

interface CellDifference {
  weight: number;
  n1: number;
  n0: number;
  deviations1: number;
  deviations0: number;
}

/**
 * Variance of a weighted sum of differences of means. Those exposed are too few in most cells for a variance of their own:
 * it is taken for that of the others there, times what the ratio of the two is over all cells.
 */
function varianceOf(cells: CellDifference[]): number {
  let within1 = 0;
  let expected1 = 0;
  for (const { n1, n0, deviations1, deviations0 } of cells) {
    if (n1 < 2 || n0 < 2) continue;
    within1 += deviations1;
    expected1 += ((n1 - 1) * deviations0) / (n0 - 1);
  }
  const ratio = expected1 > 0 && within1 > 0 ? within1 / expected1 : 1;
  let variance = 0;
  for (const { weight, n1, n0, deviations1, deviations0 } of cells) {
    const variance0 = n0 >= 2 ? deviations0 / (n0 - 1) : n1 >= 2 ? deviations1 / (n1 - 1) / ratio : 0;
    variance += weight ** 2 * ((ratio * variance0) / n1 + variance0 / n0);
  }
  return variance;
}
