import { capture, type Ranked, ranked } from '../capture-curve';

/** Losses of two predictions of the same people, summed up with weights as often as a bootstrap asks. */
export type Measure = 'mae' | 'rmse' | 'square' | 'deviance' | 'gini' | 'topDecileShare';
export type Measures = Record<Measure, number>;

/** One model's predictions of some people, ready to be measured with any weights. */
export class Predictions {
  readonly #ranked: Ranked;
  readonly #absolute: Float64Array;
  readonly #deviance: Float64Array;

  /** @param deviance of one person: (actual, predicted) → at least zero, zero for a perfect prediction */
  constructor(
    readonly predicted: Float64Array,
    readonly actual: Float64Array,
    deviance: (actual: number, predicted: number) => number,
  ) {
    this.#ranked = ranked(predicted);
    this.#absolute = predicted.map((value, i) => Math.abs(value - actual[i]!));
    this.#deviance = predicted.map((value, i) => deviance(actual[i]!, value));
  }

  /**
   * @param perfect the order of the actual itself
   * @param weights how often each person counts; once unless told
   */
  measure(perfect: Ranked, weights?: Uint8Array): Measures {
    let cases = 0;
    let absolute = 0;
    let square = 0;
    let deviance = 0;
    for (let i = 0; i < this.actual.length; i++) {
      const weight = weights ? weights[i]! : 1;
      cases += weight;
      absolute += weight * this.#absolute[i]!;
      square += weight * this.#absolute[i]! ** 2;
      deviance += weight * this.#deviance[i]!;
    }
    const { area, caught } = capture(this.#ranked, this.actual, [0.1], weights);
    const best = capture(perfect, this.actual, [], weights).area;
    return {
      mae: absolute / cases,
      rmse: Math.sqrt(square / cases),
      square: square / cases,
      deviance: deviance / cases,
      gini: (area - 0.5) / (best - 0.5),
      topDecileShare: caught[0]!,
    };
  }
}
