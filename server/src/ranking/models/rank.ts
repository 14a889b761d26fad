import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { bonettWrightInterval } from '../../stats/bonett-wright-interval';
import { normalCdf } from '../../stats/normal-cdf';
import { normalQuantile } from '../../stats/normal-quantile';
import type { Figures, ItemDetail } from '../api-types';
import type { Adjusted } from './adjusted';
import { type Adjustment, adjustmentOf, outSince } from './adjustment';
import { association } from './association';
import { balanceOf } from './balance';
import { type EmpiricalNull, empiricalNull } from './empirical-null';
import type { Exposures } from './exposures';
import { exposedPlaces, itemSums } from './item-sums';
import type { Persons } from './persons';
import { refusalOf } from './refusal';
import type { Scope } from './scope';
import { shrunkenScores } from './shrunken-score';
import { isSupportLike, isTestable, verdict } from './verdict';

export interface RankInput {
  persons: Persons;
  exposures: Exposures;
  scope: Scope;
  /** The slice of the persons, members or not; everyone unless told. */
  belongs?: (person: number) => boolean;
  /** By item, epoch ms; null where nobody knows. */
  publishedAt: (number | null)[];
  /** Minor units in a major unit of the values. */
  unit: number;
  /** The false discovery rate up to which items are called associated or below typical. */
  fdr: number;
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
  /** Items with enough persons to be compared with what is typical. */
  comparable: number;
  adjustment: Adjustment;
}

interface Compared {
  item: number;
  figures: Omit<Figures, 'qValue' | 'score' | 'verdict'>;
  adjusted: Adjusted;
  detail: ItemDetail;
}

const REACH = normalQuantile(0.975);

/**
 * Ranks items by how they go with the value of a population, whatever else their readers are: each is compared with others
 * within cells of like persons, and then with the typical item. Score and verdict rest on that excess. Items with too few
 * persons on a side, those that nobody like their readers left unread, and those read by customers (support-like) are no
 * part of the family of tests.
 */
export function rank(input: RankInput): Ranking {
  const { persons, exposures, scope, publishedAt, unit, fdr } = input;
  const adjustment = adjustmentOf(persons, scope, unit);
  const compared = Array.from({ length: exposures.contents }, (_, item) =>
    compare(input, adjustment, item, publishedAt[item] ?? null),
  );
  const family = compared.filter(isComparable);
  const typical = empiricalNull(
    family.map(({ figures, adjusted }) => ({
      effect: adjusted.differences[0]!.difference,
      standardError: adjusted.differences[0]!.standardError,
      exposed: figures.exposed,
    })),
  );
  const tested = family.map((item) => ({ ...item, ...excessOf(item, typical) }));
  const qValues = typical ? benjaminiHochberg(tested.map(({ pValue }) => pValue)) : [];
  const scores = shrunkenScores(
    tested.map(({ excess, standardError }) => ({ value: excess, variance: standardError ** 2 })),
  );
  const placeOf = new Map(tested.map(({ item }, i) => [item, i]));
  const items = compared.map(({ item, figures, detail }): Ranked => {
    const place = placeOf.get(item);
    if (place === undefined) return finished(item, figures, detail, null, null, fdr);
    const { excess, standardError, typicalEffect } = tested[place]!;
    const told = typical && {
      excess,
      excessLow: excess - REACH * standardError,
      excessHigh: excess + REACH * standardError,
    };
    const more = { ...detail, typical: typical && typicalEffect, standardError: typical && standardError };
    return finished(item, { ...figures, ...told }, more, qValues[place] ?? null, scores[place]!, fdr);
  });
  return { items: items.sort(byScore), typical, comparable: family.length, adjustment };
}

function compare(
  input: RankInput,
  adjustment: Adjustment,
  item: number,
  publishedAt: number | null,
): Compared {
  const { persons, exposures, scope, belongs = () => true } = input;
  const exposed = exposedPlaces(scope, exposures, item);
  const sums = itemSums(scope, exposed, persons, exposures, item, belongs);
  const figures = association(scope.population, sums);
  const adjusted = adjustment.compare(exposed, outSince(exposures, item, publishedAt));
  const refused = refusalOf(adjusted);
  const testable = isTestable(figures);
  const detail: ItemDetail = {
    effective: adjusted.effective,
    withoutMatch: adjusted.withoutMatch,
    refused: testable ? refused : null,
    balance: testable ? balanceOf(adjustment, exposed, adjusted) : [],
    typical: null,
    standardError: null,
  };
  const told = testable && !refused ? adjustedFigures(adjusted, adjustment, scope) : {};
  return {
    item,
    figures: { ...figures, pValue: testable ? figures.pValue : null, ...told },
    adjusted,
    detail,
  };
}

function isComparable({ figures, adjusted, detail }: Compared): boolean {
  return (
    isTestable(figures) &&
    !isSupportLike(figures) &&
    detail.refused === null &&
    adjusted.differences[0]!.standardError > 0
  );
}

function adjustedFigures(
  { differences, overlap }: Adjusted,
  { cells, rankSquaresWithin }: Adjustment,
  scope: Scope,
) {
  const [, money, ranks] = differences;
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

/** By how much an item is above the typical one; by how much above nothing, where no item is typical. */
function excessOf({ figures, adjusted }: Compared, typical: EmpiricalNull | null) {
  const { difference, standardError: own } = adjusted.differences[0]!;
  const ordinary = typical?.typical(figures.exposed) ?? { effect: 0, standardError: 0 };
  const excess = difference - ordinary.effect;
  const standardError = Math.hypot(own, typical?.spread ?? 0, ordinary.standardError);
  const pValue = 2 * normalCdf(-Math.abs(excess / standardError));
  return { excess, standardError, pValue, typicalEffect: ordinary.effect };
}

function finished(
  item: number,
  figures: Compared['figures'],
  detail: ItemDetail,
  qValue: number | null,
  score: number | null,
  fdr: number,
): Ranked {
  const withQ = { ...figures, qValue };
  return { item, figures: { ...withQ, score, verdict: verdict(withQ, fdr) }, detail };
}

function byScore({ figures: a }: Ranked, { figures: b }: Ranked): number {
  if (a.score !== null && b.score !== null) return b.score - a.score || b.exposed - a.exposed;
  if (a.score === null && b.score === null) return b.exposed - a.exposed;
  return a.score === null ? 1 : -1;
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
