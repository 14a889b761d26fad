import type { Exposures } from '../models/exposures';
import { LiftPrior, shrunkenLift } from './lift-prior';

/** Items that the same people read as one: numbers of the others, and log of how much more often than by chance, best first. */
export type ReadTogether = [item: number, lift: number][];

/** Others told of an item. */
export const MOST_TOLD = 20;
/** Items of one reader that are looked at: who reads everything says nothing of what belongs together, and costs most. */
export const MOST_OF_A_READER = 50;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Which items are read by the same people, other than by chance. By chance, readers take items by their reach and as many as
 * they read: of all pairs of items in the hands of one reader, two items then make up a share in proportion to the product of
 * their numbers of readers (F. Chung and L. Lu, "Connected components in random graphs with given expected degree
 * sequences", Annals of Combinatorics 6, 2002). So neither popular items nor heavy readers make pairs seem to belong together.
 *
 * Takes Σ (items of a reader)² steps, `MOST_OF_A_READER` for each exposure at most, and memory for the exposures and one row.
 */
export function readTogether(exposures: Exposures): ReadTogether[] {
  const shelves = shelvesOf(exposures);
  const rows = new Rows(shelves, exposures.contents);
  const { readers, pairs } = rows;
  const among = sumOfProducts(readers);
  const rate = among > 0 ? pairs / among : 0;
  const prior = new LiftPrior();
  prior.addExpected(rate * rate * sumOfProducts(readers.map((many) => many * many)));
  for (let item = 0; item < exposures.contents; item++) {
    rows.forEach(item, (other, count) => {
      if (other > item) prior.add(count, rate * readers[item]! * readers[other]!);
    });
  }
  const shape = prior.shape();
  return Array.from({ length: exposures.contents }, (_, item) => {
    const told: ReadTogether = [];
    rows.forEach(item, (other, count) => {
      const lift = shrunkenLift(count, rate * readers[item]! * readers[other]!, shape);
      if (lift > 0) told.push([other, lift]);
    });
    return told.sort(([a, liftOfA], [b, liftOfB]) => liftOfB - liftOfA || a - b).slice(0, MOST_TOLD);
  });
}

/** Σ of xᵢxⱼ over all i < j. */
function sumOfProducts(x: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of x) {
    sum += value;
    squares += value * value;
  }
  return (sum * sum - squares) / 2;
}

/** What each person read: the items of person `p` stand at the places from `start[p]` to `start[p + 1]`. */
interface Shelves {
  start: Uint32Array;
  items: Int32Array;
}

/** Turns exposures over, and of who read very much takes items at equal distances, each with the same chance. */
function shelvesOf({ contents, start, person }: Exposures): Shelves {
  const persons = person.reduce((most, one) => Math.max(most, one + 1), 0);
  const read = new Uint32Array(persons);
  for (const one of person) read[one]!++;
  const shelf = new Uint32Array(persons + 1);
  for (let p = 0; p < persons; p++) shelf[p + 1] = shelf[p]! + Math.min(read[p]!, MOST_OF_A_READER);
  const items = new Int32Array(shelf[persons]!);
  const next = shelf.slice();
  const seen = new Uint32Array(persons);
  for (let item = 0; item < contents; item++) {
    for (let i = start[item]!; i < start[item + 1]!; i++) {
      const p = person[i]!;
      if (isTaken(seen[p]!++, read[p]!, p)) items[next[p]!++] = item;
    }
  }
  return { start: shelf, items };
}

/** Whether the so-and-so-many-th of someone's items is looked at; as many are as may be. */
function isTaken(place: number, of: number, person: number): boolean {
  if (of <= MOST_OF_A_READER) return true;
  const shift = (person * GOLDEN) % 1;
  const until = (at: number) => Math.floor((at * MOST_OF_A_READER) / of + shift);
  return until(place + 1) > until(place);
}

/** How many readers each item shares with each other, a row at a time. */
class Rows {
  /** Of each item, among those looked at. */
  readonly readers: Float64Array;
  /** Pairs of items in the hands of one reader, over all readers. */
  readonly pairs: number;
  readonly #shelves: Shelves;
  readonly #start: Uint32Array;
  readonly #person: Int32Array;
  readonly #shared: Int32Array;

  constructor(shelves: Shelves, contents: number) {
    const { start, items } = shelves;
    this.#shelves = shelves;
    this.#shared = new Int32Array(contents);
    this.readers = new Float64Array(contents);
    for (const item of items) this.readers[item]!++;
    this.#start = new Uint32Array(contents + 1);
    for (let item = 0; item < contents; item++)
      this.#start[item + 1] = this.#start[item]! + this.readers[item]!;
    const next = this.#start.slice();
    this.#person = new Int32Array(items.length);
    let pairs = 0;
    for (let p = 0; p + 1 < start.length; p++) {
      const many = start[p + 1]! - start[p]!;
      pairs += (many * (many - 1)) / 2;
      for (let i = start[p]!; i < start[p + 1]!; i++) this.#person[next[items[i]!]!++] = p;
    }
    this.pairs = pairs;
  }

  /** Calls for every other item that has a reader in common with one. */
  forEach(item: number, call: (other: number, count: number) => void): void {
    const { start, items } = this.#shelves;
    const shared = this.#shared;
    const met: number[] = [];
    for (let i = this.#start[item]!; i < this.#start[item + 1]!; i++) {
      const p = this.#person[i]!;
      for (let k = start[p]!; k < start[p + 1]!; k++) {
        const other = items[k]!;
        if (shared[other]!++ === 0) met.push(other);
      }
    }
    for (const other of met) {
      const count = shared[other]!;
      shared[other] = 0;
      if (other !== item) call(other, count);
    }
  }
}
