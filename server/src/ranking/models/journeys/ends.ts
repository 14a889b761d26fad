import type { Figure } from '../../../clv/api-types';
import { quantileFigure } from '../../../clv/kpis/conversion';
import { notEnough } from '../../../clv/kpis/figure';
import { liftOf, shareOf } from './figures';
import { hasOrdered, type Journeys } from './journeys';
import { FEWEST, NEEDED } from './thresholds';

/** An item with which journeys began. */
export interface EntryItem {
  item: number;
  /** Persons who read it first of all, and how many of them ordered. */
  persons: number;
  ordered: number;
  conversion: Figure;
  /** Their conversion as a multiple of that of everyone who began elsewhere. */
  lift: Figure;
  /** Days from there to the first order, of those who ordered. */
  days: { median: Figure; lowerQuartile: Figure; upperQuartile: Figure };
}

/** An item that customers read last before their first order. */
export interface ClosingItem {
  item: number;
  customers: number;
  /** Of all customers with a journey. */
  share: Figure;
  /** Customers who read it at some time before they ordered, and the share of them for whom it was the last. */
  readers: number;
  lastOfReaders: Figure;
}

export interface Ends {
  entries: EntryItem[];
  closings: ClosingItem[];
}

const DAY = 86_400_000;

/** With which items journeys begin and end; items of too few persons are left out. */
export function endsOf(journeys: Journeys): Ends {
  const { persons, items, start, item, at } = journeys;
  const entered = new Uint32Array(items);
  const closed = new Uint32Array(items);
  const readByCustomers = new Uint32Array(items);
  const times = Array.from({ length: items }, (): number[] => []);
  let all = 0;
  let customers = 0;
  for (let p = 0; p < persons.count; p++) {
    const [from, to] = [start[p]!, start[p + 1]!];
    if (from === to) continue;
    all++;
    const entry = item[from]!;
    entered[entry]!++;
    if (!hasOrdered(persons, p)) continue;
    customers++;
    times[entry]!.push((persons.firstOrderAt[p]! - at[from]!) / DAY);
    closed[item[to - 1]!]!++;
    for (let step = from; step < to; step++) readByCustomers[item[step]!]!++;
  }

  const entries = inOrderOf(entered).map((content): EntryItem => {
    const [n, ordered] = [entered[content]!, times[content]!.length];
    return {
      item: content,
      persons: n,
      ordered,
      conversion: shareOf(ordered, n),
      lift: liftOf(ordered, n, customers - ordered, all - n),
      days: daysOf(times[content]!),
    };
  });
  const closings = inOrderOf(closed).map(
    (content): ClosingItem => ({
      item: content,
      customers: closed[content]!,
      share: shareOf(closed[content]!, customers),
      readers: readByCustomers[content]!,
      lastOfReaders: shareOf(closed[content]!, readByCustomers[content]!),
    }),
  );
  return { entries, closings };
}

/** The items of enough persons, those of most first. */
function inOrderOf(counts: Uint32Array): number[] {
  return Array.from(counts.keys())
    .filter((content) => counts[content]! >= FEWEST)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
}

function daysOf(times: number[]): EntryItem['days'] {
  const days = Float64Array.from(times).sort();
  const quantile = (p: number) =>
    days.length < NEEDED ? notEnough('people', days.length, NEEDED) : quantileFigure(days, p);
  return { median: quantile(0.5), lowerQuartile: quantile(0.25), upperQuartile: quantile(0.75) };
}
