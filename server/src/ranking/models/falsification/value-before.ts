import { benjaminiHochberg } from '../../../stats/benjamini-hochberg';
import { median } from '../../../stats/median';
import { signedLog } from '../../../stats/signed-log';
import { welchDifference } from '../../../stats/welch-difference';
import { outSince } from '../adjustment';
import type { Division } from '../landmark';
import { boundaryOf } from '../membership';
import type { Orders } from '../orders';
import type { RankInput } from '../rank';
import { NEEDED } from '../verdict';

export interface ValueBefore {
  /** Items whose readers had been worth more, or less, than others before the item came out, at the report's rate. */
  called: number;
  /** Items with enough readers, and enough others, who were there before. */
  of: number;
  /** By how many times readers' value had been that of the others, for the middle item: of 1 + value, geometric means. */
  ratio: number;
}

/**
 * Whether the readers of items were worth more than others already before the items came out: then the plain figures show
 * who was chosen, or who reads at all, and not what an item does. Each item is asked about the persons who had been seen
 * before it came out, and about their orders until then.
 */
export function valueBefore(input: RankInput, orders: Orders): ValueBefore {
  const items = itemsByTime(input);
  const worth = new GrowingWorth(input, orders);
  const found: { pValue: number; difference: number }[] = [];
  for (const { item, since } of items) {
    worth.growUntil(since);
    const compared = worth.compare(readersSince(input, item, since));
    if (compared) found.push(compared);
  }
  const qValues = benjaminiHochberg(found.map(({ pValue }) => pValue));
  return {
    called: qValues.filter((q) => q <= input.fdr).length,
    of: found.length,
    ratio: found.length === 0 ? 1 : Math.exp(median(found.map(({ difference }) => difference))),
  };
}

/** Items in the order in which they came out: published, or else first touched. */
function itemsByTime({ exposures, publishedAt }: RankInput): { item: number; since: number }[] {
  return Array.from({ length: exposures.contents }, (_, item) => ({
    item,
    since: outSince(exposures, item, publishedAt[item] ?? Number.POSITIVE_INFINITY),
  }))
    .filter(({ since }) => Number.isFinite(since))
    .sort((a, b) => a.since - b.since);
}

function readersSince({ exposures, persons, scope }: RankInput, item: number, since: number): number[] {
  const readers: number[] = [];
  for (let i = exposures.start[item]!; i < exposures.start[item + 1]!; i++) {
    const person = exposures.person[i]!;
    const end = boundaryOf(endOf(scope.division), persons.firstOrderAt[person]!);
    if (persons.firstSeenAt[person]! < since && exposures.firstAt[i]! < end) readers.push(person);
  }
  return readers;
}

/** Before the first order nobody had any value; the question is asked of all reading then. */
const endOf = (division: Division): Division => (division === 'first-order' ? 'all' : division);

/** What everybody seen so far was worth, as time goes on: log(1 + value), with the sums over all. */
class GrowingWorth {
  readonly #value: Float64Array;
  readonly #seenInOrder: Int32Array;
  readonly #ordersInOrder: Int32Array;
  #seen = 0;
  #orders = 0;
  #sum = 0;
  #squares = 0;

  constructor(
    private readonly input: RankInput,
    private readonly orders: Orders,
  ) {
    const { persons } = input;
    this.#value = new Float64Array(persons.count);
    this.#seenInOrder = Int32Array.from({ length: persons.count }, (_, person) => person).sort(
      (a, b) => persons.firstSeenAt[a]! - persons.firstSeenAt[b]!,
    );
    this.#ordersInOrder = Int32Array.from(orders.at.keys()).sort((a, b) => orders.at[a]! - orders.at[b]!);
  }

  growUntil(moment: number): void {
    const { firstSeenAt } = this.input.persons;
    while (this.#seen < this.#seenInOrder.length && firstSeenAt[this.#seenInOrder[this.#seen]!]! < moment) {
      this.#seen++;
    }
    for (; this.#orders < this.#ordersInOrder.length; this.#orders++) {
      const order = this.#ordersInOrder[this.#orders]!;
      if (this.orders.at[order]! >= moment) break;
      this.#add(this.orders.person[order]!, this.orders.value[order]!);
    }
  }

  /** Readers against all others seen so far; null with too few of either, or where nobody differs. */
  compare(readers: number[]): { pValue: number; difference: number } | null {
    const others = this.#seen - readers.length;
    if (readers.length < NEEDED || others < NEEDED) return null;
    let sum = 0;
    let squares = 0;
    for (const person of readers) {
      const log = this.#log(person);
      sum += log;
      squares += log * log;
    }
    const { difference, pValue } = welchDifference(
      sample(readers.length, sum, squares),
      sample(others, this.#sum - sum, this.#squares - squares),
    );
    return Number.isNaN(pValue) ? null : { difference, pValue };
  }

  #log(person: number): number {
    return signedLog(this.#value[person]! / this.input.unit);
  }

  #add(person: number, value: number): void {
    const before = this.#log(person);
    this.#value[person]! += value;
    const after = this.#log(person);
    this.#sum += after - before;
    this.#squares += after * after - before * before;
  }
}

function sample(n: number, sum: number, squares: number) {
  return { n, mean: sum / n, variance: Math.max(0, squares - (sum * sum) / n) / (n - 1) };
}
