import { rank } from '../../server/src/activation/models/recommend';
import type { Strategy } from '../../server/src/activation/models/recommend/types';
import { DAY } from '../../server/src/ranking/models/simulate/calendar';
import { SPEND } from '../../server/src/ranking/models/simulate/customer';
import { sampleExponential } from '../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../server/src/stats/sample-normal';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import { seededRandom } from '../../server/src/stats/seeded-random';
import { NOW, type RecommendWorld, type Visitor } from './recommend-world';

export const POLICIES = ['recommended', 'popular', 'newest', 'plain', 'random', 'oracle'] as const;
export type Policy = (typeof POLICIES)[number];

/** Means over the visitors of a world: value over the horizon in minor units, and items read of those shown. */
export interface Served {
  value: number;
  reads: number;
  shown: number;
}

export const HORIZON = 365 * DAY;
const SHOWN = 5;
const MOST_SESSIONS = 12;
const BETWEEN_SESSIONS = 14 * DAY;
/** Chance to come again, and by how much it is higher after a session in which something was read. */
const COMES_AGAIN = { least: 0.6, afterReading: 0.2 };

/*
 * Reading, in other terms than those the recommender thinks in: a place is looked at by a chance that falls with its number,
 * and what is looked at is read by odds of a liking that is felt less and less, of the item's own draw, of a whim, and of
 * boredom with a topic already read in the session.
 */
const LOOKS = 0.7;
const ODDS = { usual: -1.6, liking: 1.3, whim: 0.5, boredom: -0.7 };

/** Everyone comes, is shown items by a policy, reads some and orders; with the same random numbers whatever the policy. */
export function serve(world: RecommendWorld, policy: Policy): Served {
  const sum: Served = { value: 0, reads: 0, shown: 0 };
  for (const visitor of world.visitors) {
    const { value, reads, shown } = serveVisitor(world, visitor, policy);
    sum.value += value;
    sum.reads += reads;
    sum.shown += shown;
  }
  const many = world.visitors.length;
  return { value: sum.value / many, reads: sum.reads / many, shown: sum.shown / many };
}

/** One of them; the same whoever else comes. */
export function serveVisitor(world: RecommendWorld, visitor: Visitor, policy: Policy): Served {
  const { seed } = world.options;
  const read = new Map(visitor.read);
  const result: Served = { value: visitor.otherwise, reads: 0, shown: 0 };
  let at = NOW;
  for (let session = 0; session < MOST_SESSIONS; session++) {
    const life = seededRandom(seed, 310, visitor.number, session);
    at += sampleExponential(life, 1 / BETWEEN_SESSIONS);
    if (at >= NOW + HORIZON) break;
    const list = shownBy(world, { ...visitor, read }, policy, { at, session });
    const topics = new Set<string>();
    let hasRead = false;
    for (const [place, item] of list.entries()) {
      result.shown++;
      const lot = seededRandom(seed, 311, visitor.number, session, item)();
      const isBored = world.items[item]!.topics.some((topic) => topics.has(topic));
      if (lot >= chance(world, visitor, item, isBored) / (place + 1) ** LOOKS) continue;
      read.set(item, { seconds: 120, lastAt: at });
      for (const topic of world.items[item]!.topics) topics.add(topic);
      hasRead = true;
      result.reads++;
      result.value += addedBy(world, visitor, item, at);
    }
    const comesAgain = COMES_AGAIN.least + (hasRead ? COMES_AGAIN.afterReading : 0);
    if (life() >= comesAgain) break;
  }
  return result;
}

function chance(
  { options, draws }: RecommendWorld,
  { number, keenness, liking }: Visitor,
  item: number,
  bored: boolean,
): number {
  const whim = ODDS.whim * sampleNormal(seededRandom(options.seed, 312, number, item));
  const felt = ODDS.liking * (Math.sqrt(liking[item]!) - 1);
  const odds = ODDS.usual + felt + draws[item]! + whim + keenness + (bored ? ODDS.boredom : 0);
  return 1 / (1 + Math.exp(-odds));
}

/** What reading an item first is expected to add over the whole horizon, to whom. */
const worthOf = ({ effects, options }: RecommendWorld, { liking }: Visitor, item: number): number =>
  effects[item]! + options.readWorth + options.likingWorth * liking[item]!;

/** Orders that come of a read: those of the whole horizon that fall after it. */
function addedBy(world: RecommendWorld, visitor: Visitor, item: number, at: number): number {
  const random = seededRandom(world.options.seed, 313, visitor.number, item);
  let added = 0;
  for (let n = samplePoisson(random, worthOf(world, visitor, item) / SPEND.mean); n > 0; n--) {
    const orderedAt = NOW + random() * HORIZON;
    const amount = sampleGamma(random, SPEND.shape, SPEND.shape / SPEND.mean);
    if (orderedAt > at) added += amount;
  }
  return added;
}

function shownBy(
  world: RecommendWorld,
  visitor: Visitor,
  policy: Policy,
  { at, session }: { at: number; session: number },
): number[] {
  if (policy === 'random') {
    const random = seededRandom(world.options.seed, 314, visitor.number, session);
    return best(world, visitor, () => random());
  }
  if (policy === 'oracle') {
    return best(
      world,
      visitor,
      (item) => chance(world, visitor, item, false) * worthOf(world, visitor, item),
    );
  }
  const { tier, channel, read } = visitor;
  const options = { strategy: policy satisfies Strategy, now: at, limit: SHOWN };
  return rank(world.model, { tier, stage: null, channel, read }, options).map(({ index }) => index);
}

/** Of what was not read the items that are worth most by a measure. */
function best({ items }: RecommendWorld, { read }: Visitor, of: (item: number) => number): number[] {
  const worth = items.map((_, item) => (read.has(item) ? Number.NEGATIVE_INFINITY : of(item)));
  return [...items.keys()]
    .filter((item) => !read.has(item))
    .sort((a, b) => worth[b]! - worth[a]!)
    .slice(0, SHOWN);
}
