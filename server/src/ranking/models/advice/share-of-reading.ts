import { normalQuantile } from '../../../stats/normal-quantile';
import type { GroupReading, Reading } from './reading';

const REACH = normalQuantile(0.975);

/**
 * What share of all reading some items have, among people of high value and among everyone else. Persons are drawn, not
 * readings: the interval is that of a ratio of two sums over persons (W. Cochran, "Sampling Techniques", 3rd ed., 1977,
 * equation 2.39 with persons as units), so that one who reads everything counts as one.
 *
 * @param items those that count (`Reading`)
 */
export function shareOfReading(items: number[], reading: Reading): GroupReading {
  const { exposures, since, until, reads, isHigh } = reading;
  const own = new Int32Array(reads.length);
  for (const item of items) {
    for (let i = exposures.start[item]!; i < exposures.start[item + 1]!; i++) {
      if (exposures.firstAt[i]! >= since && exposures.firstAt[i]! <= until) own[exposures.person[i]!]!++;
    }
  }
  const sums = { own: 0, all: 0, ownSquares: 0, products: 0, allSquares: 0, readers: 0 };
  const others = { own: 0, all: 0 };
  for (let person = 0; person < reads.length; person++) {
    const [x, y] = [own[person]!, reads[person]!];
    if (!isHigh[person]) {
      others.own += x;
      others.all += y;
      continue;
    }
    sums.own += x;
    sums.all += y;
    sums.ownSquares += x * x;
    sums.products += x * y;
    sums.allSquares += y * y;
    if (x > 0) sums.readers++;
  }
  const share = sums.all > 0 ? sums.own / sums.all : 0;
  const squares = sums.ownSquares - 2 * share * sums.products + share * share * sums.allSquares;
  const reach = sums.all > 0 ? (REACH * Math.sqrt(Math.max(0, squares))) / sums.all : 0;
  return {
    high: { value: share, low: Math.max(0, share - reach), high: Math.min(1, share + reach) },
    others: others.all > 0 ? others.own / others.all : null,
    readers: sums.readers,
  };
}
