import { BINOMIAL, POISSON } from '../../../stats/ridge-glm';
import type { SparseRow } from '../../../stats/sparse-rows';
import type { Figure, NotEnough, Signal } from '../../api-types';
import { compare } from './compare';
import { crossFit, fitAll } from './cross-fit';
import { designOf } from './design';
import { bernoulliDeviance, poissonDeviance } from './deviance';
import { type LinearModel, linearModel, predictor } from './linear-model';
import { isProspect, type Past } from './past';
import { Predictions } from './predictions';
import { prospectColumns, prospectFeatures } from './prospect-features';
import { ReadingFeatures } from './reading-features';
import { type ContentReport, isBelowZero, reportOf } from './report';
import { signalsOf } from './signals';
import { learnVocabulary, type Vocabulary } from './vocabulary';

/** One prospect at the cut. */
export interface ProspectCase {
  past: Past;
  /** Value of what came between the cut and the end; above zero for those who bought. */
  outcome: number;
}

/** A part of the model with what was read and without it. */
interface Pair {
  with: LinearModel;
  without: LinearModel;
  used: boolean;
}

/** A stored model; plain JSON. */
export interface ProspectModel {
  vocabulary: Vocabulary;
  /** Log-odds of buying within the horizon. */
  buys: Pair;
  /** Logarithm of the expected value of those who buy. */
  value: Pair;
}

/** Of the expected value, that is probability × value if so; and of the probability alone. */
export interface ProspectReport extends ContentReport {
  /** Prospects who bought between the cut and the end. */
  buyers: number;
  buys: {
    /** Area under the ROC curve and mean squared error of the probability. */
    auc: { with: number; without: number };
    aucChange: Figure;
    brier: { with: number; without: number };
    brierChange: Figure;
    devianceChange: Figure;
    calibration: ContentReport['calibration'];
    penalty: number | null;
    /** Effects multiply the odds. */
    signals: Signal[];
  };
}

export const NEEDED_PROSPECTS = { people: 200, buyers: 50 };

/**
 * Fits what becomes of people who only read: a logistic regression for whether they buy until the end, and a log-link
 * regression for the value of those who do; both with ridge-restrained content features and with channel and time since
 * first seen alone. Measured on people they were not fitted on.
 *
 * @param cases persons who are no prospects at the cut are passed over
 * @param seed of folds and bootstrap
 */
export function fitProspects(
  cases: readonly ProspectCase[],
  { seed = 1 }: { seed?: number } = {},
): { model: ProspectModel; report: ProspectReport } | { notEnough: NotEnough } {
  const prospects = cases.filter(({ past }) => isProspect(past));
  const y = Float64Array.from(prospects, ({ outcome }) => outcome);
  const buyers = y.filter((value) => value > 0).length;
  const { people } = NEEDED_PROSPECTS;
  if (prospects.length < people) return { notEnough: { has: prospects.length, needs: people, of: 'people' } };
  const fewest = Math.min(buyers, prospects.length - buyers);
  if (fewest < NEEDED_PROSPECTS.buyers) {
    return { notEnough: { has: fewest, needs: NEEDED_PROSPECTS.buyers, of: 'customers' } };
  }

  const vocabulary = learnVocabulary(prospects.map(({ past }) => past));
  const reading = new ReadingFeatures(vocabulary);
  const restraint = reading.columns.map((column) => column.restraint);
  const contentFrom = prospectColumns(vocabulary).length;
  const x = designOf(prospects.length, { base: contentFrom, reading: reading.columns.length }, (i) => {
    const { past } = prospects[i]!;
    return { base: prospectFeatures(past, vocabulary), reading: reading.of(past) };
  });
  const bought = y.map((value) => (value > 0 ? 1 : 0));
  const ofBuying = { family: BINOMIAL, x, y: bought, contentFrom, restraint };
  const ofValue = { family: POISSON, x, y, contentFrom, restraint, isFor: (row: number) => y[row]! > 0 };
  const buys = crossFit(ofBuying, seed);
  const value = crossFit(ofValue, seed);

  const chance = compare(
    new Predictions(buys.with, bought, bernoulliDeviance),
    new Predictions(buys.without, bought, bernoulliDeviance),
    seed,
  );
  const deviance = poissonDeviance(y.reduce((sum, v) => sum + v, 0) / y.length);
  const expected = buys.with.map((p, i) => p * value.with[i]!);
  const without = buys.without.map((p, i) => p * value.without[i]!);
  const compared = compare(
    new Predictions(expected, y, deviance),
    new Predictions(without, y, deviance),
    seed,
  );

  const finalBuys = fitAll(ofBuying, buys.penalty);
  const finalValue = fitAll(ofValue, value.penalty);
  const buysUsed = Number.isFinite(buys.penalty) && isBelowZero(chance.change.deviance);
  const used = buysUsed && isBelowZero(compared.change.deviance);
  const pair = ({ training, ...fits }: ReturnType<typeof fitAll>, isUsed: boolean): Pair => ({
    with: linearModel(fits.with, training.level, contentFrom),
    without: linearModel(fits.without, training.level, contentFrom),
    used: isUsed,
  });
  const orNull = (penalty: number) => (Number.isFinite(penalty) ? penalty : null);
  return {
    model: { vocabulary, buys: pair(finalBuys, used), value: pair(finalValue, used) },
    report: {
      ...reportOf(compared, expected, y),
      penalty: orNull(value.penalty),
      used,
      signals: signalsOf(finalValue.training, finalValue.with, reading.columns, contentFrom),
      buyers,
      buys: {
        auc: { with: aucOf(chance.with.gini), without: aucOf(chance.without.gini) },
        aucChange: half(chance.change.gini),
        brier: { with: chance.with.rmse ** 2, without: chance.without.rmse ** 2 },
        brierChange: chance.change.square,
        devianceChange: chance.change.deviance,
        calibration: reportOf(chance, buys.with, bought).calibration,
        penalty: orNull(buys.penalty),
        signals: signalsOf(finalBuys.training, finalBuys.with, reading.columns, contentFrom),
      },
    },
  };
}

export interface ProspectScore {
  /** Probability of buying in a time as long as that between the cut and the end. */
  buys: number;
  /** Expected value of one who buys. */
  value: number;
  /** The product. */
  expected: number;
}

/**
 * What one prospect may become.
 *
 * @param base of `prospectFeatures`, with the model's vocabulary
 * @param reading of `ReadingFeatures`, with the model's vocabulary
 */
export function scoreProspect(model: ProspectModel, base: SparseRow, reading: SparseRow): ProspectScore {
  const eta = (pair: Pair) => predictor(pair.used ? pair.with : pair.without, base, reading);
  const buys = BINOMIAL.mean(eta(model.buys));
  const value = POISSON.mean(eta(model.value));
  return { buys, value, expected: buys * value };
}

const aucOf = (gini: number | null): number => ((gini ?? 0) + 1) / 2;

function half(figure: Figure): Figure {
  if (!('value' in figure)) return figure;
  const { value, low, high, n } = figure;
  return { value: value / 2, low: low === null ? null : low / 2, high: high === null ? null : high / 2, n };
}
