import type { Exposures } from '../models/exposures';
import { LiftPrior, shrunkenLift } from './lift-prior';

/** Items that the same people read as one: numbers of the others, and log of how much more often than by chance, best first. */
export type ReadTogether = [item: number, lift: number][];

/** Others told of an item. */
export const MOST_TOLD = 20;
/** About so many items of one reader are looked at: who reads everything says nothing of what belongs together, and costs most. */
export const MOST_OF_A_READER = 50;

/**
 * Which items are read by the same people, other than by chance. Every reader of an item has one say in what is read with it,
 * shared among the others that they read, so that heavy readers do not speak for all. By chance, says go to each pair of
 * items in proportion to the product of what both have (F. Chung and L. Lu, "Connected components in random graphs with given
 * expected degree sequences", Annals of Combinatorics 6, 2002), so that popular items do not seem to belong together. Says
 * are counted in units in which they scatter like whole numbers, by their mean square.
 *
 * Takes Σ (items of a reader)² steps, about `MOST_OF_A_READER` for each exposure at most, and memory for the exposures and one row.
 */
export function readTogether(exposures: Exposures): ReadTogether[] {
  const rows = new Rows(shelvesOf(exposures), exposures.contents);
  const { says } = rows;
  const among = sumOfProducts(says);
  const rate = among > 0 ? says.reduce((sum, say) => sum + say, 0) / 2 / among : 0;
  const prior = new LiftPrior();
  prior.addExpected(rate * rate * sumOfProducts(says.map((say) => say * say)));
  for (let item = 0; item < exposures.contents; item++) {
    rows.forEach(item, (other, count) => {
      if (other > item) prior.add(count, rate * says[item]! * says[other]!);
    });
  }
  const shape = prior.shape();
  return Array.from({ length: exposures.contents }, (_, item) => {
    const told: ReadTogether = [];
    rows.forEach(item, (other, count) => {
      const lift = shrunkenLift(count, rate * says[item]! * says[other]!, shape);
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

/** Turns exposures over; of who read very much some items are taken by lot, for each person another choice. */
function shelvesOf({ contents, start, person }: Exposures): Shelves {
  const persons = person.reduce((most, one) => Math.max(most, one + 1), 0);
  const read = new Uint32Array(persons);
  for (const one of person) read[one]!++;
  const shelf = new Uint32Array(persons + 1);
  const isTaken = (p: number, item: number) =>
    read[p]! <= MOST_OF_A_READER || lot(p, item) * read[p]! < MOST_OF_A_READER;
  const forEachTaken = (call: (p: number, item: number) => void) => {
    for (let item = 0; item < contents; item++) {
      for (let i = start[item]!; i < start[item + 1]!; i++)
        if (isTaken(person[i]!, item)) call(person[i]!, item);
    }
  };
  forEachTaken((p) => shelf[p + 1]!++);
  for (let p = 0; p < persons; p++) shelf[p + 1]! += shelf[p]!;
  const items = new Int32Array(shelf[persons]!);
  const next = shelf.slice();
  forEachTaken((p, item) => {
    items[next[p]!++] = item;
  });
  return { start: shelf, items };
}

/** A number from 0 to 1 that is always the same for a person and an item (MurmurHash3's finaliser). */
function lot(person: number, item: number): number {
  let h = Math.imul(person + 1, 0x9e3779b1) ^ Math.imul(item + 1, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** What readers say that each item is read with, a row at a time. */
class Rows {
  /** Says that each item has in all: its readers of two items or more, in the unit. */
  readonly says: Float64Array;
  readonly #shelves: Shelves;
  /** Readers of each item. */
  readonly #start: Uint32Array;
  readonly #person: Int32Array;
  /** By person, what each of their pairs counts. */
  readonly #weight: Float64Array;
  readonly #shared: Float64Array;

  constructor(shelves: Shelves, contents: number) {
    const { start, items } = shelves;
    this.#shelves = shelves;
    this.#shared = new Float64Array(contents);
    this.#start = new Uint32Array(contents + 1);
    for (const item of items) this.#start[item + 1]!++;
    for (let item = 0; item < contents; item++) this.#start[item + 1]! += this.#start[item]!;
    const next = this.#start.slice();
    this.#person = new Int32Array(items.length);
    this.#weight = new Float64Array(Math.max(0, start.length - 1));
    this.says = new Float64Array(contents);
    let sum = 0;
    let squares = 0;
    for (let p = 0; p < this.#weight.length; p++) {
      const many = start[p + 1]! - start[p]!;
      const weight = many > 1 ? 1 / (many - 1) : 0;
      this.#weight[p] = weight;
      sum += many * (many - 1) * weight;
      squares += many * (many - 1) * weight * weight;
      for (let i = start[p]!; i < start[p + 1]!; i++) {
        this.#person[next[items[i]!]!++] = p;
        if (many > 1) this.says[items[i]!]!++;
      }
    }
    const unit = sum > 0 ? squares / sum : 1;
    for (let p = 0; p < this.#weight.length; p++) this.#weight[p]! /= unit;
    for (let item = 0; item < contents; item++) this.says[item]! /= unit;
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
        if (shared[other] === 0) met.push(other);
        shared[other]! += this.#weight[p]!;
      }
    }
    for (const other of met) {
      const count = shared[other]!;
      shared[other] = 0;
      if (other !== item) call(other, count);
    }
  }
}
