import { sampleNormal } from '../../server/src/stats/sample-normal';
import { seededRandom } from '../../server/src/stats/seeded-random';

/** One item and the persons who might have read it. */
export interface CausalWorld {
  exposed: Uint8Array;
  outcome: Float64Array;
  covariates: Float64Array[];
  /** True probability of exposure, and true mean outcome unexposed. */
  propensity: Float64Array;
  ifUnexposed: Float64Array;
  /** What exposure adds to each person's outcome on average. */
  effects: Float64Array;
}

export interface CausalWorldOptions {
  seed: number;
  persons: number;
  /** At least 3; those after the third tell nothing. */
  covariates?: number;
  /** Log odds of exposure of a person with ordinary covariates. */
  base?: number;
  effect?: number;
  /**
   * `plain`: both depend on the covariates in a straight line; `curved`: on a square too; `steep`: in a step that has
   * been smoothed; `uneven`: in a straight line, with an effect that rises with the first covariate; `money`: most are
   * worth nothing, some a lot; `exposure product` and `outcome product`: on a product of two covariates, which an
   * additive model cannot follow; `both products`: both do.
   */
  shape?: Shape;
}

export type Shape =
  | 'plain'
  | 'curved'
  | 'steep'
  | 'uneven'
  | 'money'
  | 'exposure product'
  | 'outcome product'
  | 'both products';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Covariates normal, logarithm of a count, and yes or no in turn; the first three make both for exposure and for value. */
export function causalWorld(options: CausalWorldOptions): CausalWorld {
  const { seed, persons: n, covariates: width = 4, base = -1, effect = 1, shape = 'plain' } = options;
  const random = seededRandom(seed);
  const draw = [
    () => sampleNormal(random),
    () => Math.log1p(Math.floor(-3 * Math.log(1 - random()))),
    () => (random() < 0.3 ? 1 : 0),
  ];
  const covariates = Array.from({ length: width }, (_, c) => Float64Array.from({ length: n }, draw[c % 3]!));
  const [a, b, d] = covariates as [Float64Array, Float64Array, Float64Array];
  const bend = a.map((x, i) => {
    if (shape === 'curved') return 0.7 * (x * x - 1);
    if (shape === 'steep') return 2 * Math.tanh(2 * x);
    return shape.endsWith('products') || shape.endsWith('product') ? 1.2 * x * (b[i]! - 1.1) : 0;
  });
  const line = a.map((x, i) => x + 0.7 * (b[i]! - 1.1) + 0.4 * d[i]!);
  const propensity = line.map((x, i) =>
    logistic(base + 0.8 * x + (shape === 'outcome product' ? 0 : bend[i]!)),
  );
  const exposed = Uint8Array.from(propensity, (e) => (random() < e ? 1 : 0));
  if (shape === 'money') return { ...spending(line, exposed, random), exposed, covariates, propensity };
  const ifUnexposed = line.map((x, i) => x + (shape === 'exposure product' ? 0 : bend[i]!));
  const effects = a.map((x) => effect * (shape === 'uneven' ? 1 + x / 2 : 1));
  const outcome = ifUnexposed.map((mean, i) => mean + effects[i]! * exposed[i]! + sampleNormal(random));
  return { exposed, outcome, covariates, propensity, ifUnexposed, effects };
}

/** Who buys depends on the covariates, and so does how much; exposure adds nothing. */
function spending(line: Float64Array, exposed: Uint8Array, random: () => number) {
  const buys = line.map((x) => logistic(-0.5 + 0.5 * x));
  const outcome = line.map((x, i) =>
    random() < buys[i]! ? Math.exp(3 + 0.4 * x + sampleNormal(random, 0, 0.7)) : 0,
  );
  const ifUnexposed = line.map((x, i) => buys[i]! * Math.exp(3 + 0.4 * x + 0.49 / 2));
  return { outcome, ifUnexposed, effects: new Float64Array(exposed.length) };
}

/** The mean effect among those who overlap, or among all: what `doublyRobust` is to find. */
export function trueEffect({ effects, propensity }: CausalWorld, target: 'overlap' | 'everyone'): number {
  let sum = 0;
  let weights = 0;
  effects.forEach((effect, i) => {
    const weight = target === 'overlap' ? propensity[i]! * (1 - propensity[i]!) : 1;
    sum += weight * effect;
    weights += weight;
  });
  return sum / weights;
}

/** Mean of the exposed less mean of the others. */
export function plainDifference({ exposed, outcome }: Pick<CausalWorld, 'exposed' | 'outcome'>): number {
  const meanOf = (arm: number) => {
    const values = outcome.filter((_, i) => exposed[i] === arm);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return meanOf(1) - meanOf(0);
}
