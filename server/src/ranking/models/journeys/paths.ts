import type { Figure } from '../../../clv/api-types';
import { quantileFigure } from '../../../clv/kpis/conversion';
import { Endings } from './endings';
import { shareOf } from './figures';
import { hasOrdered, type Journeys } from './journeys';
import { FEWEST } from './thresholds';

/** Customers who read the same items last before they first ordered. */
export interface Path {
  items: number[];
  customers: number;
  share: Figure;
  /** Days from the first item of the whole journey to the first order. */
  days: { median: Figure; lowerQuartile: Figure; upperQuartile: Figure };
  /** Median of what the customers are worth, in the unit of the persons' values. */
  value: Figure;
}

/** Every customer with a journey by the last items of it. The three groups hold each of them once. */
export interface Paths {
  /** So many of the last items, fewer where nothing was read before them. */
  length: number;
  customers: number;
  paths: Path[];
  /** Paths further down. */
  others: { paths: number; customers: number };
  /** Paths of too few customers to be told. */
  few: { paths: number; customers: number };
}

export const LENGTHS = [2, 3, 4, 5];
const SHOWN = 25;
const LONGEST = Math.max(...LENGTHS);
const DAY = 86_400_000;

/** The most frequent paths to the first order. @param belongs narrows the customers down */
export function pathsToOrder(journeys: Journeys, belongs: (person: number) => boolean = () => true): Paths[] {
  const { persons, start, item } = journeys;
  const endings = new Endings(journeys.items);
  const customers: number[] = [];
  for (let p = 0; p < persons.count; p++) {
    if (start[p]! < start[p + 1]! && hasOrdered(persons, p) && belongs(p)) customers.push(p);
  }
  /** Of each customer the ending of each length. */
  const endingOf = LENGTHS.map(() => new Int32Array(customers.length));
  customers.forEach((p, place) => {
    let ending = 0;
    for (let length = 1; length <= LONGEST; length++) {
      const step = start[p + 1]! - length;
      if (step >= start[p]!) ending = endings.lengthen(ending, item[step]!);
      const column = LENGTHS.indexOf(length);
      if (column >= 0) endingOf[column]![place] = ending;
    }
  });
  return LENGTHS.map((length, column) => pathsOf(journeys, customers, endings, endingOf[column]!, length));
}

function pathsOf(
  journeys: Journeys,
  customers: number[],
  endings: Endings,
  endingOf: Int32Array,
  length: number,
): Paths {
  const counts = new Uint32Array(endings.count);
  for (const ending of endingOf) counts[ending]!++;
  const told: number[] = [];
  const few = { paths: 0, customers: 0 };
  for (let ending = 0; ending < counts.length; ending++) {
    if (counts[ending]! >= FEWEST) told.push(ending);
    else if (counts[ending]! > 0) {
      few.paths++;
      few.customers += counts[ending]!;
    }
  }
  // Endings are numbered as they are met, so that only their items can order those of as many customers.
  const byCount = told
    .map((ending) => ({ ending, items: endings.itemsOf(ending) }))
    .sort((a, b) => counts[b.ending]! - counts[a.ending]! || before(a.items, b.items));
  const shown = byCount.slice(0, SHOWN);
  const rest = byCount.slice(SHOWN);
  const members = new Map<number, number[]>(shown.map(({ ending }) => [ending, []]));
  endingOf.forEach((ending, place) => {
    members.get(ending)?.push(customers[place]!);
  });
  return {
    length,
    customers: customers.length,
    paths: shown.map(({ ending, items }) => ({
      items,
      customers: counts[ending]!,
      share: shareOf(counts[ending]!, customers.length),
      ...figuresOf(journeys, members.get(ending)!),
    })),
    others: {
      paths: rest.length,
      customers: rest.reduce((sum, { ending }) => sum + counts[ending]!, 0),
    },
    few,
  };
}

function figuresOf({ persons, start, at }: Journeys, members: number[]): Pick<Path, 'days' | 'value'> {
  const days = Float64Array.from(members, (p) => (persons.firstOrderAt[p]! - at[start[p]!]!) / DAY).sort();
  const values = Float64Array.from(members, (p) => persons.values[p]!).sort();
  return {
    days: {
      median: quantileFigure(days, 0.5),
      lowerQuartile: quantileFigure(days, 0.25),
      upperQuartile: quantileFigure(days, 0.75),
    },
    value: quantileFigure(values, 0.5),
  };
}

/** Shorter paths first, then by the numbers of the items. */
function before(a: number[], b: number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const differs = a.findIndex((item, place) => item !== b[place]);
  return differs < 0 ? 0 : a[differs]! - b[differs]!;
}
