import { BINOMIAL, POISSON } from '../../../stats/glm-family';
import type { SparseRow } from '../../../stats/sparse-rows';
import type { Figure, NotEnough, Signal } from '../../api-types';
import { type Compared, compare } from './compare';
import { crossFit, type FittedPair, fitAll } from './cross-fit';
import { designOf } from './design';
import { bernoulliDeviance, poissonDeviance } from './deviance';
import { type LinearModel, linearModel, predictor } from './linear-model';
import { isProspect, type Past } from './past';
import { Predictions } from './predictions';
import { prospectColumns, prospectFeatures } from './prospect-features';
import { ReadingFeatures } from './reading-features';
import { type ContentReport, isBelowZero, penaltyOrNull, reportOf } from './report';
import { signalsOf } from './signals';
import { learnVocabulary, type Vocabulary } from './vocabulary';

/** One prospect at the cut. */
export interface ProspectCase {
  past: Past;
  /** Value of what came between the cut and the end; at least zero. */
  outcome: number;
  /** Whether they bought; those with an outcome above zero unless told. Of margins it must be told: an order may lose money. */
  bought?: boolean;
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

/** Of the expected value, that is probability × value if so; its signals are those of the value of who buys. */
export interface ProspectReport extends ContentReport {
  /** Prospects who bought between the cut and the end. */
  buyers: number;
  /** Of the probability alone. */
  buys: BuyingReport;
}

export interface BuyingReport {
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
}

/** So many prospects, and of them so many who bought and who did not. */
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
  const bought = Float64Array.from(prospects, ({ bought, outcome }) => ((bought ?? outcome > 0) ? 1 : 0));
  const buyers = bought.reduce((sum, value) => sum + value, 0);
  const notEnough = missing(prospects.length, buyers, y.filter((value) => value > 0).length);
  if (notEnough) return { notEnough };

  const vocabulary = learnVocabulary(prospects.map(({ past }) => past));
  const reading = new ReadingFeatures(vocabulary);
  const contentFrom = prospectColumns(vocabulary).length;
  const x = designOf(prospects.length, { base: contentFrom, reading: reading.columns.length }, (i) => {
    const { past } = prospects[i]!;
    return { base: prospectFeatures(past, vocabulary), reading: reading.of(past) };
  });
  const restraint = reading.columns.map((column) => column.restraint);
  const ofBuying = { family: BINOMIAL, x, y: bought, contentFrom, restraint };
  const ofValue = { family: POISSON, x, y, contentFrom, restraint, isFor: (row: number) => bought[row]! > 0 };
  const buys = crossFit(ofBuying, seed);
  const value = crossFit(ofValue, seed);

  const chance = compare(
    new Predictions(buys.with, bought, bernoulliDeviance),
    new Predictions(buys.without, bought, bernoulliDeviance),
    seed,
  );
  const deviance = poissonDeviance(y.reduce((sum, v) => sum + v, 0) / y.length);
  const expected = buys.with.map((p, i) => p * value.with[i]!);
  const plain = buys.without.map((p, i) => p * value.without[i]!);
  const worth = compare(new Predictions(expected, y, deviance), new Predictions(plain, y, deviance), seed);

  const used = helps(chance, worth);
  const final = { buys: fitAll(ofBuying, buys.penalty), value: fitAll(ofValue, value.penalty) };
  const signals = ({ training, with: fit }: FittedPair) =>
    signalsOf(training, fit, reading.columns, contentFrom);
  return {
    model: {
      vocabulary,
      buys: pairOf(final.buys, contentFrom, used),
      value: pairOf(final.value, contentFrom, used),
    },
    report: {
      ...reportOf(worth, expected, y),
      penalty: penaltyOrNull(value.penalty),
      used,
      signals: signals(final.value),
      buyers,
      buys: {
        ...chanceOf(chance),
        calibration: reportOf(chance, buys.with, bought).calibration,
        penalty: penaltyOrNull(buys.penalty),
        signals: signals(final.buys),
      },
    },
  };
}

/** The chance of buying must leave no doubt, and the expected value, of which few giants decide, must not speak against it. */
function helps(chance: Compared, worth: Compared): boolean {
  return isBelowZero(chance.change.deviance) && worth.deviance.with < worth.deviance.without;
}

function pairOf({ training, ...fits }: FittedPair, contentFrom: number, used: boolean): Pair {
  return {
    with: linearModel(fits.with, training.level, contentFrom),
    without: linearModel(fits.without, training.level, contentFrom),
    used,
  };
}

/** @param paying buyers who brought more than nothing */
function missing(people: number, buyers: number, paying: number): NotEnough | undefined {
  const needed = NEEDED_PROSPECTS;
  if (people < needed.people) return { has: people, needs: needed.people, of: 'people' };
  const fewest = Math.min(paying, people - buyers);
  if (fewest < needed.buyers) return { has: fewest, needs: needed.buyers, of: 'customers' };
  return undefined;
}

/** Of outcomes 0 and 1 the Gini coefficient is twice the area under the ROC curve less one, and the Brier score the squared error. */
function chanceOf({ with: one, without: other, change }: Compared) {
  const auc = (gini: number | null) => ((gini ?? 0) + 1) / 2;
  return {
    auc: { with: auc(one.gini), without: auc(other.gini) },
    aucChange: half(change.gini),
    brier: { with: one.rmse ** 2, without: other.rmse ** 2 },
    brierChange: change.square,
    devianceChange: change.deviance,
  };
}

function half(figure: Figure): Figure {
  if (!('value' in figure)) return figure;
  const { value, low, high, n } = figure;
  return { value: value / 2, low: low === null ? null : low / 2, high: high === null ? null : high / 2, n };
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
