import { Concentration, normalisedGini } from '../../../stats/concentration';

/** Losses of two predictions of the same people, summed up with weights as often as a bootstrap asks. */
export type Measure = 'mae' | 'rmse' | 'square' | 'deviance' | 'gini' | 'topDecileShare';
export type Measures = Record<Measure, number>;

/** One model's predictions of some people, ready to be measured with any weights. */
export class Predictions {
  readonly #curve: Concentration;
  readonly #absolute: Float64Array;
  readonly #deviance: Float64Array;

  /** @param deviance of one person: (actual, predicted) → at least zero, zero for a perfect prediction */
  constructor(
    readonly predicted: Float64Array,
    readonly actual: Float64Array,
    deviance: (actual: number, predicted: number) => number,
  ) {
    this.#curve = new Concentration(predicted, actual);
    this.#absolute = predicted.map((value, i) => Math.abs(value - actual[i]!));
    this.#deviance = predicted.map((value, i) => deviance(actual[i]!, value));
  }

  /** @param perfect the concentration of the actual itself, with the same weights */
  measure(perfect: Concentration, weights?: Float64Array): Measures {
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
    const curve = this.#curve.curve(weights);
    return {
      mae: absolute / cases,
      rmse: Math.sqrt(square / cases),
      square: square / cases,
      deviance: deviance / cases,
      gini: normalisedGini(curve, perfect.curve(weights)),
      topDecileShare: curve.topDecile,
    };
  }
}
