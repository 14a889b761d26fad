import { stringify } from 'csv-stringify/sync';
import type { Figures, RankedItem } from './api-types';
import type { Cell } from './workbook/workbook';

const FIGURES: Record<keyof Figures, string> = {
  exposed: 'exposed',
  unexposed: 'unexposed',
  rho: 'rho',
  rhoLow: 'rho_low',
  rhoHigh: 'rho_high',
  pValue: 'p_value',
  qValue: 'q_value',
  rankBiserial: 'rank_biserial',
  meanExposed: 'mean_exposed',
  meanUnexposed: 'mean_unexposed',
  medianExposed: 'median_exposed',
  medianUnexposed: 'median_unexposed',
  difference: 'difference',
  differenceLow: 'difference_low',
  differenceHigh: 'difference_high',
  ratio: 'ratio',
  ratioLow: 'ratio_low',
  ratioHigh: 'ratio_high',
  adjustedRho: 'adjusted_rho',
  adjustedRhoLow: 'adjusted_rho_low',
  adjustedRhoHigh: 'adjusted_rho_high',
  adjustedDifference: 'adjusted_difference',
  adjustedDifferenceLow: 'adjusted_difference_low',
  adjustedDifferenceHigh: 'adjusted_difference_high',
  excess: 'excess',
  excessLow: 'excess_low',
  excessHigh: 'excess_high',
  score: 'score',
  verdict: 'verdict',
  readers: 'readers',
  readersAlreadyCustomers: 'readers_already_customers',
};

/** Spreadsheets run a text that begins like this as a formula; a leading apostrophe makes it text again. */
const FORMULA = /^[=+\-@\t\r]/;
export const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

const contentKey = ({ uid, documentId, locale }: RankedItem) =>
  [uid, documentId, ...(locale ? [locale] : [])].join('/');

/** A ranking as a table: the header, then one row an item, every figure a column; what cannot be given is null. */
export function rankingRows(items: RankedItem[]): Cell[][] {
  const figures = Object.keys(FIGURES) as (keyof Figures)[];
  const header = [
    'position',
    'previous_position',
    'content_id',
    'content_type',
    'locale',
    'title',
    ...Object.values(FIGURES),
  ];
  const rows = items.map((item) => [
    item.position,
    item.previousPosition,
    contentKey(item),
    item.kind,
    item.locale,
    item.title,
    ...figures.map((name) => item[name]),
  ]);
  return [header, ...rows];
}

/** The same as CSV. */
export function rankingCsv(items: RankedItem[]): string {
  return stringify(
    rankingRows(items).map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
  );
}
