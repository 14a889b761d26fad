import { seededRandom } from '../../../stats/seeded-random';
import type { ItemSets } from './item-sets';
import type { ShapleyValues } from './shapley-exact';

export interface SampledShapleyValues extends ShapleyValues {
  /** Standard errors of both, by player. */
  conversionsError: Float64Array;
  valueError: Float64Array;
}

export interface Sampling {
  /** Permutations drawn, each used backwards too; at least 2. */
  pairs: number;
  /** A whole number. */
  seed: number;
}

/**
 * Unbiased estimates of Shapley values: what a player adds to those before it, meant over random orders (J. Castro,
 * D. Gómez and J. Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers & Operations
 * Research 36, 2009). Each order is used backwards too, which lessens the variance (R. Mitchell, J. Cooper, E. Frank and
 * G. Holmes, "Sampling permutations for Shapley value estimation", JMLR 23, 2022); standard errors are those of the mean
 * over pairs. In each order the players' parts sum to the rate of all paths, and so do the estimates.
 */
export function shapleySampled(sets: ItemSets, { pairs, seed }: Sampling): SampledShapleyValues {
  const n = sets.players.length;
  const random = seededRandom(seed);
  const order = Uint32Array.from({ length: n }, (_, player) => player);
  const added = new Added(sets);
  const conversions = new RunningMeans(n);
  const value = new RunningMeans(n);
  for (let pair = 0; pair < pairs; pair++) {
    shuffle(order, random);
    added.clear();
    added.along(order);
    added.along(order.toReversed());
    conversions.add(added.conversions);
    value.add(added.value);
  }
  return {
    conversions: conversions.mean,
    value: value.mean,
    conversionsError: conversions.standardErrors(),
    valueError: value.standardErrors(),
  };
}

/** What each player adds, meant over an order and its reverse. */
class Added {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  readonly #place: Uint32Array;
  readonly #won: Float64Array;
  readonly #worth: Float64Array;
  readonly #paths: Float64Array;

  constructor(private readonly sets: ItemSets) {
    const n = sets.players.length;
    this.conversions = new Float64Array(n);
    this.value = new Float64Array(n);
    this.#place = new Uint32Array(n);
    this.#won = new Float64Array(n);
    this.#worth = new Float64Array(n);
    this.#paths = new Float64Array(n);
  }

  clear(): void {
    this.conversions.fill(0);
    this.value.fill(0);
  }

  along(order: Uint32Array): void {
    const { start, member, conversions, value, nulls } = this.sets;
    for (let at = 0; at < order.length; at++) this.#place[order[at]!] = at;
    this.#won.fill(0);
    this.#worth.fill(0);
    this.#paths.fill(0);
    // A set of items is within reach as soon as the last of them has come.
    for (let s = 0; s < conversions.length; s++) {
      let complete = 0;
      for (let m = start[s]!; m < start[s + 1]!; m++) {
        complete = Math.max(complete, this.#place[member[m]!]!);
      }
      this.#won[complete]! += conversions[s]!;
      this.#worth[complete]! += value[s]!;
      this.#paths[complete]! += conversions[s]! + nulls[s]!;
    }
    let won = 0;
    let worth = 0;
    let paths = 0;
    let rate = 0;
    let mean = 0;
    for (let at = 0; at < order.length; at++) {
      won += this.#won[at]!;
      worth += this.#worth[at]!;
      paths += this.#paths[at]!;
      if (paths === 0) continue;
      this.conversions[order[at]!]! += (won / paths - rate) / 2;
      this.value[order[at]!]! += (worth / paths - mean) / 2;
      rate = won / paths;
      mean = worth / paths;
    }
  }
}

/** Means and their standard errors, updated value by value (B. Welford, Technometrics 4, 1962). */
class RunningMeans {
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  #n = 0;

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(values: Float64Array): void {
    this.#n++;
    for (let i = 0; i < values.length; i++) {
      const off = values[i]! - this.mean[i]!;
      this.mean[i]! += off / this.#n;
      this.#squares[i]! += off * (values[i]! - this.mean[i]!);
    }
  }

  standardErrors(): Float64Array {
    return this.#squares.map((squares) => Math.sqrt(squares / (this.#n - 1) / this.#n));
  }
}

/** Fisher and Yates's shuffle, in place. */
function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor((i + 1) * random());
    const kept = order[i]!;
    order[i] = order[other]!;
    order[other] = kept;
  }
}
