import { signedLog } from '../../stats/signed-log';
import { type Adjusted, CellComparison } from './adjusted';
import { type Cells, cellsOf } from './cells';
import type { Exposures } from './exposures';
import type { Persons } from './persons';
import type { Scope } from './scope';
import { type Trait, traitsOf } from './traits';

/** How the items of one scope are adjusted: by the same cells for all of them. */
export interface Adjustment {
  traits: Trait[];
  cells: Cells;
  /** log(1 + value in major units) by place, the scale of the excess. */
  logValues: Float64Array;
  /** Σ (mid-rank − mean of its cell)² */
  rankSquaresWithin: number;
  /** The item's comparison: deviation of the value in minor units, mid-rank, and then each trait. */
  compare(exposed: Int32Array, outSince: number): Adjusted;
}

/**
 * @param unit minor units in a major unit
 * @param briefly compares no columns: `compare` then tells overlap alone
 */
export function adjustmentOf(persons: Persons, scope: Scope, unit: number, briefly = false): Adjustment {
  const { population, items, lastActiveAt } = scope;
  const logValues = population.deviations.map((deviation) =>
    signedLog((population.centre + deviation) / unit),
  );
  const traits = traitsOf(persons, scope, unit);
  const cells = cellsOf(items, traits, logValues);
  const columns = briefly
    ? []
    : [
        ...[population.deviations, population.midRanks].map((values) => ({ values, without: values })),
        ...traits,
      ];
  const comparison = new CellComparison(cells, columns, lastActiveAt);
  return {
    traits,
    cells,
    logValues,
    rankSquaresWithin: squaresWithin(cells, population.midRanks),
    compare: (exposed, outSince) => comparison.compare(exposed, outSince),
  };
}

function squaresWithin({ count, of }: Cells, values: Float64Array): number {
  const sums = new Float64Array(count);
  const persons = new Float64Array(count);
  let squares = 0;
  for (let place = 0; place < values.length; place++) {
    sums[of[place]!]! += values[place]!;
    persons[of[place]!]!++;
    squares += values[place]! ** 2;
  }
  for (let cell = 0; cell < count; cell++)
    if (persons[cell]! > 0) squares -= sums[cell]! ** 2 / persons[cell]!;
  return squares;
}

/**
 * Since when an item could be touched: since it was published, or first touched if that was earlier; since ever where
 * nobody knows.
 */
export function outSince({ start, firstAt }: Exposures, item: number, publishedAt: number | null): number {
  if (publishedAt === null) return Number.NEGATIVE_INFINITY;
  let earliest = publishedAt;
  for (let i = start[item]!; i < start[item + 1]!; i++) earliest = Math.min(earliest, firstAt[i]!);
  return earliest;
}
