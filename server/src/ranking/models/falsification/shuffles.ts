import { benjaminiHochberg } from '../../../stats/benjamini-hochberg';
import { seededRandom } from '../../../stats/seeded-random';
import { CellComparison } from '../adjusted';
import type { Cells } from '../cells';
import { type EffectItem, excessesOf, typicalOf } from '../effects';

/**
 * How often a ranking calls anything though nothing is there: values are shuffled among the persons of a cell, who stay with
 * what they read. A permutation test of the whole procedure (P. Good, "Permutation, Parametric and Bootstrap Tests of
 * Hypotheses", 2005).
 *
 * @returns the number of shuffles in which any item was called
 */
export function shufflesWithCalls<Item extends EffectItem>(
  items: Item[],
  outcome: Float64Array,
  cells: Cells,
  lastActiveAt: Float64Array,
  {
    shuffles,
    fdr,
    seed,
    isTested,
  }: { shuffles: number; fdr: number; seed: number; isTested: (item: Item) => boolean },
): number {
  const byCell = placesByCell(cells);
  const columns = Array.from({ length: shuffles }, (_, n) => {
    const values = shuffledWithin(byCell, outcome, seededRandom(seed, n));
    return { values, without: values };
  });
  const comparison = new CellComparison(cells, columns, lastActiveAt);
  const differences = items.map(({ exposed, outSince }) => comparison.compare(exposed, outSince).differences);
  let withCalls = 0;
  for (let n = 0; n < shuffles; n++) {
    const effects = differences.map((ofItem) => ofItem[n]!);
    const excesses = excessesOf(items, { effects, typical: typicalOf(items, effects) });
    const tested = excesses.filter(({ ownError }, i) => ownError > 0 && isTested(items[i]!));
    const qValues = benjaminiHochberg(tested.map(({ pValue }) => pValue));
    if (qValues.some((q) => q <= fdr)) withCalls++;
  }
  return withCalls;
}

function placesByCell({ count, of }: Cells): number[][] {
  const places = Array.from({ length: count }, () => [] as number[]);
  of.forEach((cell, place) => {
    places[cell]!.push(place);
  });
  return places;
}

function shuffledWithin(groups: number[][], values: Float64Array, random: () => number): Float64Array {
  const shuffled = values.slice();
  for (const places of groups) {
    for (let i = places.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const [a, b] = [places[i]!, places[j]!];
      [shuffled[a], shuffled[b]] = [shuffled[b]!, shuffled[a]!];
    }
  }
  return shuffled;
}
