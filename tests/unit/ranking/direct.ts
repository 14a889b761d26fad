import type { History } from '../../../server/src/ranking/models/history';
import { mannWhitney } from '../../../server/src/stats/mann-whitney';
import { median } from '../../../server/src/stats/median';
import { midRanks } from '../../../server/src/stats/mid-ranks';
import { pearson } from '../../../server/src/stats/pearson';
import { rankSums } from '../../../server/src/stats/rank-sums';
import { ratioOfMeans } from '../../../server/src/stats/ratio-of-means';
import { sampleOf } from '../../../server/src/stats/sample';
import { welchDifference } from '../../../server/src/stats/welch-difference';

/** The joined table person × item of a landmark, written down plainly: slow, and nothing to get wrong. */
export function joinedTable(history: History, landmark: 'all' | 'first-order' | number) {
  const ordersOf = byPerson(history.persons, history.orders);
  const touchesOf = byPerson(history.persons, history.touches);
  const people = Array.from({ length: history.persons }, (_, person) => {
    const orders = ordersOf[person]!;
    const touches = touchesOf[person]!;
    const purchases = orders.filter(({ refund }) => !refund);
    const firstOrder = Math.min(...purchases.map(({ at }) => at));
    const firstSeen = Math.min(...[...orders, ...touches].map(({ at }) => at));
    if (landmark === 'all') {
      return { member: firstSeen < Infinity, value: orders, taken: touches };
    }
    if (landmark === 'first-order') {
      const taken = touches.filter(({ at }) => at < firstOrder);
      return { member: purchases.length > 0, value: orders, taken };
    }
    return {
      member: firstSeen < landmark,
      value: orders.filter(({ at }) => at >= landmark),
      taken: touches.filter(({ at }) => at < landmark),
    };
  }).filter(({ member }) => member);
  return {
    values: people.map(({ value }) => value.reduce((sum, order) => sum + order.value, 0)),
    exposed: Array.from({ length: history.contents }, (_, content) =>
      people.map(({ taken }) => (taken.some((touch) => touch.content === content) ? 1 : 0) as number),
    ),
  };
}

function byPerson<Event extends { person: number }>(persons: number, events: Event[]): Event[][] {
  const result = Array.from({ length: persons }, () => [] as Event[]);
  for (const event of events) result[event.person]!.push(event);
  return result;
}

/** The figures of one item, each by its own definition from the joined table. */
export function directly(values: number[], exposed: number[]) {
  const yes = values.filter((_, i) => exposed[i] === 1);
  const no = values.filter((_, i) => exposed[i] === 0);
  const sums = rankSums(yes, no);
  const welch = welchDifference(sampleOf(yes), sampleOf(no));
  const ratio = ratioOfMeans(sampleOf(yes), sampleOf(no));
  return {
    exposed: yes.length,
    unexposed: no.length,
    rho: pearson(exposed, midRanks(values)),
    mannWhitney: mannWhitney(sums).pValue,
    rankBiserial: (2 * sums.rankSum - yes.length * (yes.length + 1)) / (yes.length * no.length) - 1,
    meanExposed: sampleOf(yes).mean,
    meanUnexposed: sampleOf(no).mean,
    medianExposed: median(yes),
    medianUnexposed: median(no),
    difference: welch.difference,
    differenceLow: welch.low,
    differenceHigh: welch.high,
    ratio: ratio.ratio,
    ratioLow: ratio.low,
    ratioHigh: ratio.high,
  };
}
