import { END } from '../../server/src/ranking/models/simulate/calendar';
import { type SimulatedCustomer, SPEND } from '../../server/src/ranking/models/simulate/customer';
import type { World } from '../../server/src/ranking/models/simulate/world';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import { type Random, seededRandom } from '../../server/src/stats/seeded-random';
import { EffectSums, logValue, type TrueEffects } from './effect-sums';

/**
 * The true effects of a simulated world's items on mean log(1 + value), for the persons, exposures and values that a
 * landmark makes of it. Effects come as a Poisson number of further orders, and a sum of such numbers is one too: so
 * what a person's value would be with and without one of the items is drawn afresh from the orders that came without
 * any, whoever happened to get how many.
 *
 * At a date some of an item's exposed read it only after their first order, when it has no effect any more: with the same
 * chance for all. Effects that came as orders before the date are no part of the value.
 */
export function trueEffects(
  { items }: World,
  people: SimulatedCustomer[],
  division: 'first-order' | { at: number },
  seed: number,
): TrueEffects {
  const random = seededRandom(seed, 100);
  const members = people.flatMap((person) => memberOf(person, division));
  const sums = new EffectSums(items.length);
  items.forEach(({ effect }, content) => {
    if (effect === 0) return;
    const unswayed = members.filter(({ swayedBy }) => !swayedBy.includes(content));
    const late = unswayed.filter(({ read }) => read.has(content)).length / Math.max(1, unswayed.length);
    for (const member of members) {
      let others = member.swayedBy.includes(content) ? -effect : 0;
      for (const other of member.swayedBy) others += items[other]!.effect;
      const swayed = member.chances[content]!;
      const chance = swayed + (1 - swayed) * late;
      const count = member.read.size - Number(member.read.has(content));
      sums.add(content, chance, count, (swayed / chance) * drawGain(random, member, others, effect));
    }
  });
  return sums.effects();
}

/** A person of the population, or none. */
function memberOf(
  { orders, touches, hidden }: SimulatedCustomer,
  division: 'first-order' | { at: number },
): Member[] {
  const firstOrderAt = orders[0]?.at ?? Number.POSITIVE_INFINITY;
  const from = division === 'first-order' ? firstOrderAt : division.at;
  const firstSeenAt = Math.min(firstOrderAt, touches[0]?.at ?? Number.POSITIVE_INFINITY);
  if (division === 'first-order' ? orders.length === 0 : firstSeenAt >= from) return [];
  let base = 0;
  for (const { at, amount, added } of orders) if (!added && at >= from) base += amount;
  return [
    {
      read: new Set(touches.filter(({ at }) => at < from).map(({ content }) => content)),
      swayedBy: hidden.swayedBy,
      chances: hidden.chances,
      spendRate: hidden.spendRate,
      base,
      share: orders.length === 0 ? 0 : (END - Math.max(from, firstOrderAt)) / (END - firstOrderAt),
    },
  ];
}

interface Member extends Buyer {
  read: Set<number>;
  swayedBy: number[];
  chances: Float64Array;
}

interface Buyer {
  /** Value without any effect. */
  base: number;
  /** Of the time in which effects bring orders, how much lies after the landmark. */
  share: number;
  spendRate: number;
}

/** How much one effect adds to log(1 + value) beside other effects, in one draw: there are many persons. */
function drawGain(random: Random, person: Buyer, others: number, effect: number): number {
  if (person.share === 0) return 0;
  const own = drawAdded(random, person, effect);
  if (own === 0) return 0;
  const without = person.base + drawAdded(random, person, others);
  return logValue(without + own) - logValue(without);
}

/** What an effect adds to the value after the landmark: a Poisson number of gamma amounts. */
function drawAdded(random: Random, { share, spendRate }: Buyer, effect: number): number {
  const count = samplePoisson(random, (Math.abs(effect) * share) / SPEND.mean);
  return count === 0 ? 0 : Math.sign(effect) * sampleGamma(random, SPEND.shape * count, spendRate);
}
