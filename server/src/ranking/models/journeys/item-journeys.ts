import type { Figure } from '../../../clv/api-types';
import { meanFigure, notEnough } from '../../../clv/kpis/figure';
import { liftOf, shareOf } from './figures';
import { hasOrdered, type Journeys } from './journeys';
import { type Outcome, outcomeOf } from './outcomes';
import { type StepsByItem, stepsByItem } from './steps-by-item';
import { FEWEST, NEEDED } from './thresholds';
import { alreadyRead, transitionsOf } from './transitions';

/** An item that was the next new one after another, and what became of those who went on with it. */
export interface NextItem {
  item: number;
  persons: number;
  /** Share of those who had it ahead and read on, and that as a multiple of its share after all other items. */
  share: Figure;
  lift: Figure;
  /** How many of them ordered later; their share as a multiple of that of those who went on with something else. */
  ordered: number;
  conversion: Figure;
  conversionLift: Figure;
  /** Mean value of all of them, nothing for who never ordered, in the unit of the persons' values. */
  value: Figure;
}

/** Where an item stands in the journeys of customers; each of its readers among them is in one of these. */
export interface Roles {
  only: number;
  entry: number;
  middle: number;
  closing: number;
}

/** The journeys through one item, as far as the first order. */
export interface ItemJourneys {
  item: number;
  readers: number;
  ordered: number;
  conversion: Figure;
  roles: Roles;
  /** Readers who began with it. */
  first: number;
  before: { item: number; persons: number; share: Figure }[];
  next: NextItem[];
  /** Readers who read nothing new afterwards, by how their journey stands. */
  last: Record<Outcome, number>;
}

const MOST_NEXT = 12;
const MOST_BEFORE = 8;

/** What was counted of one item. */
interface Counted extends Omit<ItemJourneys, 'next' | 'before' | 'conversion'> {
  before: [item: number, persons: number][];
  next: ({ item: number } & Group)[];
  /** All who read on. */
  onward: Pick<Group, 'persons' | 'ordered'>;
}

interface Group {
  persons: number;
  ordered: number;
  value: number;
  squares: number;
}

/** The journeys through each item; those of too few readers are left out. */
export function itemJourneys(journeys: Journeys, now: number): ItemJourneys[] {
  const steps = stepsByItem(journeys);
  const count = counter(journeys, steps, now);
  const counted = Array.from({ length: journeys.items }, (_, item) =>
    steps.start[item + 1]! - steps.start[item]! < FEWEST ? null : count(item),
  );
  const candidates = counted.map((one) => one?.next.map(({ item }) => item) ?? []);
  const read = alreadyRead(journeys, candidates);
  const { possible, taken } = transitionsOf(journeys);

  return counted.flatMap((one): ItemJourneys[] => {
    if (!one) return [];
    const { onward, ...rest } = one;
    const next = one.next.map(({ item, ...group }, c): NextItem => {
      const { persons, ordered } = group;
      const ahead = onward.persons - read[one.item]![c]!;
      const elsewhere = onward.persons - persons;
      return {
        item,
        persons,
        share: shareOf(persons, ahead),
        lift: liftOf(persons, ahead, taken[item]! - persons, possible[item]! - ahead),
        ordered,
        conversion: shareOf(ordered, persons),
        conversionLift: liftOf(ordered, persons, onward.ordered - ordered, elsewhere),
        value: meanValue(group),
      };
    });
    return [
      {
        ...rest,
        conversion: shareOf(one.ordered, one.readers),
        before: one.before.map(([item, persons]) => ({
          item,
          persons,
          share: shareOf(persons, one.readers),
        })),
        next,
      },
    ];
  });
}

const meanValue = ({ persons, value, squares }: Group): Figure =>
  persons < NEEDED ? notEnough('people', persons, NEEDED) : meanFigure(persons, value, squares, 'people');

/** Counts the journeys through one item; the columns it counts in are used again for the next item. */
function counter(journeys: Journeys, { start: from, step: steps, person }: StepsByItem, now: number) {
  const { persons, items, start, item } = journeys;
  const before = new Uint32Array(items);
  const [next, ordered] = [new Uint32Array(items), new Uint32Array(items)];
  const [value, squares] = [new Float64Array(items), new Float64Array(items)];
  const groupOf = (content: number): Group => ({
    persons: next[content]!,
    ordered: ordered[content]!,
    value: value[content]!,
    squares: squares[content]!,
  });

  return (content: number): Counted => {
    for (const column of [before, next, ordered, value, squares]) column.fill(0);
    const roles: Roles = { only: 0, entry: 0, middle: 0, closing: 0 };
    const last: Record<Outcome, number> = { ordered: 0, reading: 0, left: 0 };
    const onward = { persons: 0, ordered: 0 };
    let first = 0;
    let customers = 0;
    for (let place = from[content]!; place < from[content + 1]!; place++) {
      const [p, step] = [person[place]!, steps[place]!];
      const isFirst = step === start[p]!;
      const isLast = step === start[p + 1]! - 1;
      const isCustomer = hasOrdered(persons, p);
      if (isFirst) first++;
      else before[item[step - 1]!]!++;
      if (isCustomer) {
        customers++;
        roles[roleOf(isFirst, isLast)]++;
      }
      if (isLast) {
        last[outcomeOf(journeys, p, now)]++;
        continue;
      }
      const to = item[step + 1]!;
      const worth = isCustomer ? persons.values[p]! : 0;
      next[to]!++;
      value[to]! += worth;
      squares[to]! += worth * worth;
      onward.persons++;
      if (!isCustomer) continue;
      ordered[to]!++;
      onward.ordered++;
    }
    return {
      item: content,
      readers: from[content + 1]! - from[content]!,
      ordered: customers,
      roles,
      first,
      last,
      onward,
      before: mostFrequent(before, MOST_BEFORE).map((one) => [one, before[one]!]),
      next: mostFrequent(next, MOST_NEXT).map((one) => ({ item: one, ...groupOf(one) })),
    };
  };
}

function roleOf(isFirst: boolean, isLast: boolean): keyof Roles {
  if (isFirst) return isLast ? 'only' : 'entry';
  return isLast ? 'closing' : 'middle';
}

function mostFrequent(counts: Uint32Array, most: number): number[] {
  const found: number[] = [];
  for (let content = 0; content < counts.length; content++) {
    if (counts[content]! >= FEWEST) found.push(content);
  }
  return found.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most);
}
