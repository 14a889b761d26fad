import { exposuresOf, type History, personsOf } from '../../../../server/src/ranking/models/history';
import { type Journeys, journeysOf } from '../../../../server/src/ranking/models/journeys/journeys';
import { type Random, seededRandom } from '../../../../server/src/stats/seeded-random';

export const DAY = 86_400_000;

/** Somebody who read an item a day, from day 0: `abc` is three items. */
export interface Reader {
  reads: string;
  /** Day of the first order. */
  orders?: number;
  value?: number;
  /** Day of the first read. */
  from?: number;
}

export const itemOf = (letter: string): number => letter.charCodeAt(0) - 'a'.charCodeAt(0);
export const lettersOf = (items: number[]): string =>
  items.map((item) => String.fromCharCode('a'.charCodeAt(0) + item)).join('');

export const times = (count: number, reader: Reader): Reader[] => Array.from({ length: count }, () => reader);

export function historyOf(readers: Reader[], contents = 8): History {
  return {
    persons: readers.length,
    contents,
    touches: readers.flatMap(({ reads, from = 0 }, person) =>
      [...reads].map((letter, day) => ({ person, content: itemOf(letter), at: (from + day) * DAY })),
    ),
    orders: readers.flatMap(({ orders, value = 100 }, person) =>
      orders === undefined ? [] : [{ person, at: orders * DAY, value }],
    ),
  };
}

export function inputOf(history: History) {
  return { exposures: exposuresOf(history), persons: personsOf(history, 'first-order') };
}

export function journeysOfHistory(history: History): Journeys {
  const { exposures, persons } = inputOf(history);
  return journeysOf(exposures, persons);
}

export const journeysOfReaders = (readers: Reader[], contents?: number): Journeys =>
  journeysOfHistory(historyOf(readers, contents));

/** Somebody's items in order. */
export const stepsOf = ({ start, item }: Journeys, person: number): number[] => [
  ...item.subarray(start[person]!, start[person + 1]!),
];

export function shuffled<T>(all: T[], random: Random): T[] {
  const result = [...all];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/** People who read some of `contents` items, the earlier ones more, with orders before, amid and after. */
export function randomHistory(seed: number, persons: number, contents: number): History {
  const random = seededRandom(seed);
  const history: History = { persons, contents, touches: [], orders: [] };
  for (let person = 0; person < persons; person++) {
    const reads = Math.floor(8 * random() ** 2);
    for (let n = 0; n < reads; n++) {
      const content = Math.floor(contents * random() ** 2);
      // Whole days: many at the same moment.
      history.touches.push({ person, content, at: Math.floor(60 * random()) * DAY });
    }
    if (random() < 0.4)
      history.orders.push({
        person,
        at: Math.floor(60 * random()) * DAY,
        value: Math.floor(1000 * random()),
      });
  }
  return history;
}
