import { POISSON } from '../../../stats/glm-family';
import type { SparseRow } from '../../../stats/sparse-rows';
import type { NotEnough } from '../../api-types';
import { compare } from './compare';
import { crossFit, fitAll } from './cross-fit';
import { designOf } from './design';
import { poissonDeviance } from './deviance';
import { type LinearModel, linearModel, predictor } from './linear-model';
import { isCustomer, type Past } from './past';
import { Predictions } from './predictions';
import { floorOf, PURCHASE_COLUMNS, purchaseFeatures } from './purchase-features';
import { ReadingFeatures } from './reading-features';
import { type ContentReport, isBelowZero, penaltyOrNull, reportOf } from './report';
import { signalsOf } from './signals';
import { learnVocabulary, type Vocabulary } from './vocabulary';

/** One customer at the cut. */
export interface CustomerCase {
  past: Past;
  /** What the model without content expects from the cut to the end, from what came before the cut; null for none. */
  expected: number | null;
  /** What came between the cut and the end, in the same unit; at least zero. */
  outcome: number;
}

/** A stored model; plain JSON. */
export interface CustomerModel {
  vocabulary: Vocabulary;
  /** See `purchaseFeatures`. */
  floor: number;
  with: LinearModel;
  without: LinearModel;
  /** Whether predictions are to use content: only where the holdout leaves no doubt that it helps. */
  used: boolean;
}

export interface FittedCustomers {
  model: CustomerModel;
  report: ContentReport;
}

/** Below these a comparison would say more of chance than of content. */
export const NEEDED = { people: 200, withOutcome: 50, readers: 50 };

/**
 * Fits customers' value with what they read and without it, and measures both on people they were not fitted on. A
 * log-link quasi-Poisson regression (its mean is right whatever the distribution: C. Gourieroux, A. Monfort and A.
 * Trognon, Econometrica 52, 1984) on purchase features, and the same with ridge-restrained content features.
 *
 * @param cases persons who are no customers at the cut are passed over
 * @param seed of folds and bootstrap
 */
export function fitCustomers(
  cases: readonly CustomerCase[],
  { seed = 1 }: { seed?: number } = {},
): FittedCustomers | { notEnough: NotEnough } {
  const customers = cases.filter(({ past }) => isCustomer(past));
  const notEnough = missing(customers);
  if (notEnough) return { notEnough };

  const vocabulary = learnVocabulary(customers.map(({ past }) => past));
  const floor = floorOf(customers.map(({ expected }) => expected));
  const reading = new ReadingFeatures(vocabulary);
  const restraint = reading.columns.map((column) => column.restraint);
  const contentFrom = PURCHASE_COLUMNS.length;
  const x = designOf(customers.length, { base: contentFrom, reading: reading.columns.length }, (i) => {
    const { past, expected } = customers[i]!;
    return { base: purchaseFeatures(past, expected, floor), reading: reading.of(past) };
  });
  const y = Float64Array.from(customers, ({ outcome }) => outcome);
  const problem = { family: POISSON, x, y, contentFrom, restraint };

  const held = crossFit(problem, seed);
  const deviance = poissonDeviance(y.reduce((sum, value) => sum + value, 0) / y.length);
  const compared = compare(
    new Predictions(held.with, y, deviance),
    new Predictions(held.without, y, deviance),
    seed,
  );
  const final = fitAll(problem, held.penalty);
  const used = held.penalty < Number.POSITIVE_INFINITY && isBelowZero(compared.change.deviance);
  return {
    model: {
      vocabulary,
      floor,
      with: linearModel(final.with, final.training.level, contentFrom),
      without: linearModel(final.without, final.training.level, contentFrom),
      used,
    },
    report: {
      ...reportOf(compared, held.with, y),
      penalty: penaltyOrNull(held.penalty),
      used,
      signals: signalsOf(final.training, final.with, reading.columns, contentFrom),
    },
  };
}

/**
 * Expected value of one customer in a time as long as that between the cut and the end.
 *
 * @param base of `purchaseFeatures`, with the model's floor
 * @param reading of `ReadingFeatures`, with the model's vocabulary
 */
export function scoreCustomer(
  { used, ...models }: CustomerModel,
  base: SparseRow,
  reading: SparseRow,
): number {
  return POISSON.mean(predictor(used ? models.with : models.without, base, reading));
}

function missing(cases: readonly CustomerCase[]): NotEnough | undefined {
  const withOutcome = cases.filter(({ outcome }) => outcome > 0).length;
  const readers = cases.filter(({ past }) => past.touches.length > 0).length;
  if (cases.length < NEEDED.people) return { has: cases.length, needs: NEEDED.people, of: 'customers' };
  if (withOutcome < NEEDED.withOutcome) return { has: withOutcome, needs: NEEDED.withOutcome, of: 'orders' };
  if (readers < NEEDED.readers) return { has: readers, needs: NEEDED.readers, of: 'people' };
  return undefined;
}
