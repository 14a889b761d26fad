import { binomialTail } from '../../../stats/binomial-tail';
import { hypergeometricTail } from '../../../stats/hypergeometric-tail';
import { seededRandom } from '../../../stats/seeded-random';
import type { Falsification, FalsificationCheck } from '../../api-types';
import type { Orders } from '../orders';
import { type Ranked, type RankInput, type Ranking, rank } from '../rank';
import { scopeOf } from '../scope';
import { overlapByChance, topOverlap } from '../stability';
import { subsetOf } from '../subset';
import { negativeControl } from './negative-control';
import { shufflesWithCalls } from './shuffles';
import { valueBefore } from './value-before';

const SHUFFLES = 20;
const SEED = 20_260_101;
/** What chance does more rarely than this is not put down to it. */
const RARE = 0.01;
/** Two halves agree when chance alone makes them agree as much more rarely than this. */
const UNLIKELY = 0.05;
const TOP = 10;
/** Items for each place at the top: among fewer any order has many of them there. */
const ITEMS_PER_PLACE = 3;

/**
 * Tries to prove a ranking wrong: by value that came before the reading, by shuffled values, and by two halves of the
 * persons. A check that can say nothing of this ranking has `passed` null, and a note why; so has the whole when no check
 * can. `value before` is about the plain figures alone, and no part of the whole: verdicts do not rest on those.
 *
 * @param input what the ranking was made of
 */
export function falsify(input: RankInput, ranking: Ranking, orders: Orders): Falsification {
  const checks = ranking.typical
    ? [control(input, ranking, orders), shuffles(input, ranking), halves(input, ranking)]
    : NEED_TYPICAL.map((name) => untold(name, 'too few items can be compared'));
  return { checks: [...checks, before(input, orders)], passed: passedAll(checks) };
}

const NEED_TYPICAL = ['negative control', 'shuffles', 'split halves'] as const;

/** Whether none failed; null when none could say anything. */
export function passedAll(checks: FalsificationCheck[]): boolean | null {
  const told = checks.filter(({ name, passed }) => name !== 'value before' && passed !== null);
  return told.length === 0 ? null : told.every(({ passed }) => passed);
}

function before(input: RankInput, orders: Orders): FalsificationCheck {
  const name = 'value before';
  const { called: found, of, ratio } = valueBefore(input, orders);
  if (of === 0) return untold(name, 'too few people were there before items came out');
  const expected = input.fdr * of;
  return { name, passed: found <= expected, expected, found, of, ratio, note: null };
}

const wasCalled = ({ figures: { verdict } }: Ranked) =>
  verdict === 'associated' || verdict === 'below typical';

function control(input: RankInput, { items }: Ranking, orders: Orders): FalsificationCheck {
  const name = 'negative control';
  const { division } = input.scope;
  const support = new Set(
    items.filter(({ figures }) => figures.verdict === 'support-like').map(({ item }) => item),
  );
  const world = negativeControl(input, orders, division, support);
  const ranking = rank({
    ...input,
    ...world,
    briefly: true,
    scope: scopeOf(world.persons, world.exposures, 'all'),
  });
  if (!ranking.typical) return untold(name, 'too few items were read after value came about');
  const found = ranking.items.filter(wasCalled).length;
  const expected = input.fdr * ranking.comparable;
  return { name, passed: found <= expected, expected, found, of: ranking.comparable, note: null };
}

function shuffles({ scope, fdr }: RankInput, { compared, items, adjustment }: Ranking): FalsificationCheck {
  const { logValues, cells } = adjustment;
  const untested = new Set(items.filter(({ figures }) => figures.qValue === null).map(({ item }) => item));
  const found = shufflesWithCalls(compared, logValues, cells, scope.lastActiveAt, {
    isTested: ({ item }) => !untested.has(item),
    shuffles: SHUFFLES,
    fdr,
    seed: SEED,
  });
  const passed = binomialTail(found, SHUFFLES, fdr) >= RARE;
  return { name: 'shuffles', passed, expected: fdr * SHUFFLES, found, of: SHUFFLES, note: null };
}

function halves(input: RankInput, { items }: Ranking): FalsificationCheck {
  const name = 'split halves';
  const { division } = input.scope;
  const random = seededRandom(SEED);
  const half = Uint8Array.from({ length: input.persons.count }, () => Number(random() < 0.5));
  const tops = [0, 1].map((side) => {
    const people = subsetOf(input, (person) => half[person] === side);
    const part = rank({
      ...input,
      ...people,
      briefly: true,
      scope: scopeOf(people.persons, people.exposures, division),
    });
    return part.items.filter(({ figures }) => figures.score !== null).map(({ item }) => item);
  }) as [number[], number[]];
  const ranked = Math.min(tops[0].length, tops[1].length);
  const places = Math.min(TOP, Math.floor(ranked / ITEMS_PER_PLACE));
  if (places < 2) return untold(name, 'half of the persons are too few to rank enough items');
  const { shared, of } = topOverlap(...tops, places);
  const figures = { name, expected: overlapByChance(ranked, of), found: shared, of } as const;
  if (hypergeometricTail(shared, ranked, of, of) < UNLIKELY) return { ...figures, passed: true, note: null };
  // Where little stands out, the order of what does not is nobody's concern.
  if (items.filter(wasCalled).length < of / 2)
    return { ...figures, passed: null, note: 'few items stand out' };
  return { ...figures, passed: false, note: null };
}

const untold = (name: FalsificationCheck['name'], note: string): FalsificationCheck => ({
  name,
  passed: null,
  expected: null,
  found: null,
  of: null,
  note,
});
