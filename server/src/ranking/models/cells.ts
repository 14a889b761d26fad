import { leastSquares } from '../../stats/least-squares';
import type { Trait } from './traits';

/** Groups of persons who are alike in what they read and in what else is known of them: within one, items are compared. */
export interface Cells {
  count: number;
  /** The cell of each place. */
  of: Int32Array;
  /** The cell that the person would be in with one item fewer: where somebody who read an item belongs without it. */
  without: Int32Array;
}

/** Each group of readers holds at least so many persons, and at least this share of all. */
const LEAST_IN_GROUP = 25;
const LEAST_SHARE = 0.002;
/** Numbers of items closer than this ratio are taken together where everybody reads much. */
const WIDTH = 1.12;
const PERSONS_PER_PROGNOSIS = 300;
const MOST_PROGNOSES = 5;

/**
 * Stratifies by how many items somebody read, and by what the other traits say of their value: a prognostic score (B.
 * Hansen, "The prognostic analogue of the propensity score", Biometrika 95, 2008), one for all items, so that the traits
 * need no dimension each.
 *
 * @param items how many each place read
 * @param outcome by place, on the scale of the comparison
 */
export function cellsOf(items: Int32Array, traits: Trait[], outcome: Float64Array): Cells {
  const groupOf = readingGroups(items);
  const { prognosisOf, prognoses } = prognosisGroups(traits, outcome);
  const of = new Int32Array(items.length);
  const without = new Int32Array(items.length);
  for (let place = 0; place < items.length; place++) {
    of[place] = groupOf[items[place]!]! * prognoses + prognosisOf[place]!;
    without[place] = groupOf[Math.max(0, items[place]! - 1)]! * prognoses + prognosisOf[place]!;
  }
  return { count: (1 + (groupOf.at(-1) ?? 0)) * prognoses, of, without };
}

/** The group of each number of items: numbers of their own while these are small and common, ranges above. */
function readingGroups(items: Int32Array): number[] {
  const most = items.reduce((highest, count) => Math.max(highest, count), 0);
  const persons = new Int32Array(most + 1);
  for (const count of items) persons[count]!++;
  const least = Math.max(LEAST_IN_GROUP, LEAST_SHARE * items.length);
  const groups: number[] = [];
  let group = 0;
  let from = 0;
  let inGroup = 0;
  for (let count = 0; count <= most; count++) {
    if (inGroup >= least && count >= from * WIDTH) {
      group++;
      from = count;
      inGroup = 0;
    }
    groups.push(group);
    inGroup += persons[count]!;
  }
  // What is left at the top may be too few to stand alone.
  return inGroup >= least || group === 0 ? groups : groups.map((g) => Math.min(g, group - 1));
}

/** Groups of equal size by what all traits but reading say of the outcome, reading held fixed. */
function prognosisGroups(traits: Trait[], outcome: Float64Array) {
  const size = outcome.length;
  const wanted = Math.min(MOST_PROGNOSES, Math.max(1, Math.round(size / PERSONS_PER_PROGNOSIS)));
  const prognosisOf = new Int32Array(size);
  if (wanted === 1) return { prognosisOf, prognoses: 1 };
  const coefficients = leastSquares(
    traits.map(({ values }) => values),
    outcome,
  );
  const score = new Float64Array(size);
  traits.forEach(({ name, values }, j) => {
    if (name === 'reading') return;
    for (let place = 0; place < size; place++) score[place]! += coefficients[j]! * values[place]!;
  });
  const sorted = score.slice().sort();
  const cuts = Array.from({ length: wanted - 1 }, (_, k) => sorted[Math.floor(((k + 1) * size) / wanted)]!);
  for (let place = 0; place < size; place++) {
    let group = 0;
    while (group < cuts.length && score[place]! >= cuts[group]!) group++;
    prognosisOf[place] = group;
  }
  return { prognosisOf, prognoses: wanted };
}
