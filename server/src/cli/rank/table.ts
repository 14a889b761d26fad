import type { Figures, ItemDetail } from '../../ranking/api-types';
import { NEEDED } from '../../ranking/models/verdict';
import { aligned } from './aligned';
import { decimal, interval, share } from './figures';

const TITLE_WIDTH = 40;

export interface TableRow {
  title: string;
  figures: Figures;
  /** For the reason why an item was not compared. */
  detail?: Pick<ItemDetail, 'refused'>;
}

const COLUMNS = {
  header: [
    '',
    'content',
    'verdict',
    'over typical',
    '95 % interval',
    'difference',
    '95 % interval',
    'ρ',
    'n',
    'q',
  ],
  text: [1, 2],
};

/** What the columns say. */
export const CAPTION = [
  'over typical: by how much the geometric mean of 1 + value is higher among those who touched it than among persons alike in',
  'how much else they touched and in what else is known of them, beyond what it is for the typical item of like reach; verdict,',
  'q (false discovery rate) and order rest on it. difference: mean value of those who touched it less that of the others, as they',
  'are; ρ: Spearman, as they are; n: how many touched it. Associated with value is not proof of causing it.',
];

/** A table for people: one line an item, the excess beside the plain figures. Amounts have so many decimals. */
export function rankingTable(rows: TableRow[], digits: number): string {
  const lines = rows.map(({ title, figures, detail }, i) => [
    String(i + 1),
    shortened(title),
    verdictOf(figures),
    share(figures.excess),
    detail?.refused ?? interval(figures.excessLow, figures.excessHigh, share),
    decimal(figures.difference, digits, true),
    interval(figures.differenceLow, figures.differenceHigh, (value) => decimal(value, digits)),
    decimal(figures.rho, 3, true),
    String(figures.exposed),
    qValue(figures.qValue),
  ]);
  return aligned(COLUMNS, lines);
}

export const shortened = (title: string): string =>
  title.length > TITLE_WIDTH ? `${title.slice(0, TITLE_WIDTH - 1)}…` : title;

function verdictOf({ verdict, exposed, unexposed }: Figures): string {
  return verdict === 'not enough data' ? `${verdict}: ${Math.min(exposed, unexposed)} of ${NEEDED}` : verdict;
}

function qValue(value: number | null): string {
  if (value === null) return '–';
  return value < 0.001 ? '<0.001' : value.toFixed(3);
}
