/** How well an order finds the amounts: see `Concentration`. */
export interface Concentrated {
  /** Area under the curve of the amount's share over the share of cases, best first: 1/2 for a random order. */
  area: number;
  /** Share of the amount that the first tenth of the cases holds. */
  topDecile: number;
}

/**
 * The concentration curve of amounts, cases being taken in the order of a prediction, highest first. Cases with equal
 * predictions come together (the curve is straight there), so that their order in the data does not matter. Sorted
 * once, then asked with different weights: what a bootstrap needs.
 */
export class Concentration {
  readonly #order: Uint32Array;
  /** For each place in the order, whether a new prediction begins after it. */
  readonly #ends: Uint8Array;

  constructor(
    prediction: ArrayLike<number>,
    private readonly amounts: ArrayLike<number>,
  ) {
    this.#order = Uint32Array.from({ length: prediction.length }, (_, i) => i).sort(
      (i, j) => prediction[j]! - prediction[i]!,
    );
    this.#ends = Uint8Array.from(this.#order, (i, place) =>
      prediction[i] === prediction[this.#order[place + 1] ?? -1] ? 0 : 1,
    );
  }

  /**
   * @param weights how often each case counts; once unless told
   * @returns NaN when the amounts sum to nothing
   */
  curve(weights?: ArrayLike<number>): Concentrated {
    const n = this.#order.length;
    let cases = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights ? weights[i]! : 1;
      cases += weight;
      total += weight * this.amounts[i]!;
    }
    const tenth = cases / 10;
    let area = 0;
    let top = Number.NaN;
    let seen = 0;
    let sum = 0;
    let seenBefore = 0;
    let sumBefore = 0;
    for (let place = 0; place < n; place++) {
      const i = this.#order[place]!;
      const weight = weights ? weights[i]! : 1;
      seen += weight;
      sum += weight * this.amounts[i]!;
      if (this.#ends[place] === 0) continue;
      area += ((seen - seenBefore) * (sum + sumBefore)) / 2;
      if (seenBefore < tenth && seen >= tenth) {
        top = sumBefore + ((sum - sumBefore) * (tenth - seenBefore)) / (seen - seenBefore);
      }
      seenBefore = seen;
      sumBefore = sum;
    }
    return total > 0
      ? { area: area / cases / total, topDecile: top / total }
      : { area: Number.NaN, topDecile: Number.NaN };
  }
}

/**
 * Gini coefficient of an order over that of the best possible order: 1 when predictions sort the amounts perfectly, 0
 * when they are random; of outcomes 0 and 1 it is twice the area under the ROC curve less one.
 */
export function normalisedGini(predicted: Concentrated, perfect: Concentrated): number {
  return (predicted.area - 0.5) / (perfect.area - 0.5);
}
