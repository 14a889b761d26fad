import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { bonettWrightInterval } from '../../stats/bonett-wright-interval';
import { normalQuantile } from '../../stats/normal-quantile';
import type { Figures, ItemDetail, Verdict } from '../api-types';
import type { Adjusted } from './adjusted';
import { type Adjustment, adjustmentOf, outSince } from './adjustment';
import { association } from './association';
import { balanceOf } from './balance';
import { type EffectItem, effectsOf, excessesOf } from './effects';
import type { EmpiricalNull } from './empirical-null';
import type { Exposures } from './exposures';
import { exposedPlaces, itemSums } from './item-sums';
import type { Persons } from './persons';
import { refusalOf } from './refusal';
import type { Scope } from './scope';
import { shrunkenScores } from './shrunken-score';
import { isSupportLike, isTestable, supportShareOf, verdict } from './verdict';

export interface RankInput {
  persons: Persons;
  exposures: Exposures;
  scope: Scope;
  /** By item, epoch ms; null where nobody knows. */
  publishedAt: (number | null)[];
  /** Minor units in a major unit of the values. */
  unit: number;
  /** The false discovery rate up to which items are called associated or below typical. */
  fdr: number;
  /** Only what scores and verdicts rest on; the adjusted figures are left null. */
  briefly?: boolean;
}

export interface Ranked {
  item: number;
  figures: Figures;
  detail: ItemDetail;
}

export interface Ranking {
  /** Best score first, those without one last; amounts in the unit of the population's values. */
  items: Ranked[];
  /** What ordinary items look like; null when there are too few. */
  typical: EmpiricalNull | null;
  /** Items with enough persons, and of differing values, to be compared with what is typical. */
  comparable: number;
  adjustment: Adjustment;
  /** Items with enough persons, for whoever tries the ranking on other values. */
  compared: (EffectItem & { item: number })[];
}

interface Compared extends EffectItem {
  item: number;
  figures: Omit<Figures, 'qValue' | 'score' | 'verdict'>;
  adjusted: Adjusted;
  detail: ItemDetail;
}

const REACH = normalQuantile(0.975);

/**
 * Ranks items by how they go with the value of a population, whatever else their readers are: each is compared with others
 * within cells of like persons, and then with the typical item. Score and verdict rest on that excess. Items with too few
 * persons on a side and those that nobody like their readers left unread are not compared; those that were read by customers
 * (support-like) are, but are no part of the family of tests.
 */
export function rank(input: RankInput): Ranking {
  const { persons, exposures, scope, publishedAt, unit, fdr, briefly } = input;
  const adjustment = adjustmentOf(persons, scope, unit, briefly);
  const compared = Array.from({ length: exposures.contents }, (_, item) =>
    compare(input, adjustment, item, publishedAt[item] ?? null),
  );
  const supportShare = supportShareOf(compared.map(({ figures }) => figures));
  const comparable = compared.filter(isComparable);
  const found = effectsOf(comparable, adjustment.logValues, adjustment.cells, scope.lastActiveAt);
  const { typical } = found;
  const excesses = excessesOf(comparable, found);
  const measured = comparable
    .map((item, i) => ({ ...item, ...excesses[i]! }))
    .filter(({ ownError }) => ownError > 0);
  const tested = measured.filter(({ figures }) => !isSupportLike(figures, supportShare));
  const qValues = typical ? benjaminiHochberg(tested.map(({ pValue }) => pValue)) : [];
  const scores = shrunkenScores(
    tested.map(({ excess, ownError }) => ({ value: excess, variance: ownError ** 2 })),
  );
  const testOf = new Map(
    tested.map(({ item }, i) => [item, { qValue: qValues[i] ?? null, score: scores[i]! }]),
  );
  const verdictOf = (figures: Omit<Figures, 'score' | 'verdict'>) => verdict(figures, fdr, supportShare);
  const measureOf = new Map(measured.map((one) => [one.item, one]));
  const items = compared.map(({ item, figures, detail }): Ranked => {
    const measure = measureOf.get(item);
    const { qValue, score } = testOf.get(item) ?? { qValue: null, score: null };
    if (!measure || !typical) return finished(item, figures, detail, qValue, score, verdictOf);
    const { excess, low, high, standardError, typicalEffect } = measure;
    const told = {
      excess,
      excessLow: low,
      excessHigh: high,
    };
    const more = { ...detail, typical: typicalEffect, standardError };
    return finished(item, { ...figures, ...told }, more, qValue, score, verdictOf);
  });
  return {
    items: items.sort(byScore),
    typical,
    comparable: measured.length,
    adjustment,
    compared: comparable,
  };
}

function compare(
  input: RankInput,
  adjustment: Adjustment,
  item: number,
  publishedAt: number | null,
): Compared {
  const { persons, exposures, scope, briefly } = input;
  const exposed = exposedPlaces(scope, exposures, item);
  const sums = itemSums(scope, exposed, persons, exposures, item);
  const figures = association(scope.population, sums);
  const since = outSince(exposures, item, publishedAt);
  const adjusted = adjustment.compare(exposed, since);
  const refused = refusalOf(adjusted);
  const testable = isTestable(figures);
  const detail: ItemDetail = {
    effective: adjusted.effective,
    withoutMatch: adjusted.withoutMatch,
    refused: testable ? refused : null,
    balance: testable && !briefly ? balanceOf(adjustment, exposed, adjusted) : [],
    typical: null,
    standardError: null,
  };
  const told = testable && !refused && !briefly ? adjustedFigures(adjusted, adjustment, scope) : {};
  return {
    item,
    exposed,
    outSince: since,
    figures: { ...figures, pValue: testable ? figures.pValue : null, ...told },
    adjusted,
    detail,
  };
}

const isComparable = ({ figures, detail }: Compared): boolean =>
  isTestable(figures) && detail.refused === null;

function adjustedFigures(
  { differences, overlap }: Adjusted,
  { cells, rankSquaresWithin }: Adjustment,
  scope: Scope,
) {
  const [money, ranks] = differences;
  const rho = ranks!.difference * Math.sqrt(overlap / rankSquaresWithin);
  const interval = bonettWrightInterval(rho, scope.population.size - cells.count);
  const reach = REACH * money!.standardError;
  const varies = money!.standardError > 0;
  return {
    adjustedRho: orNull(rho),
    adjustedRhoLow: orNull(interval.low),
    adjustedRhoHigh: orNull(interval.high),
    adjustedDifference: orNull(money!.difference),
    adjustedDifferenceLow: varies ? orNull(money!.difference - reach) : null,
    adjustedDifferenceHigh: varies ? orNull(money!.difference + reach) : null,
  };
}

function finished(
  item: number,
  figures: Compared['figures'],
  detail: ItemDetail,
  qValue: number | null,
  score: number | null,
  verdictOf: (figures: Omit<Figures, 'score' | 'verdict'>) => Verdict,
): Ranked {
  const withQ = { ...figures, qValue };
  return { item, figures: { ...withQ, score, verdict: verdictOf(withQ) }, detail };
}

function byScore({ figures: a }: Ranked, { figures: b }: Ranked): number {
  if (a.score !== null && b.score !== null) return b.score - a.score || b.exposed - a.exposed;
  if (a.score === null && b.score === null) return b.exposed - a.exposed;
  return a.score === null ? 1 : -1;
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
