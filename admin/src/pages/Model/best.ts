import type { Accuracy } from '../../../../server/src/clv/api-types';

export type Measure = keyof Pick<Accuracy, 'bias' | 'mae' | 'rmse' | 'gini' | 'topDecileShare'>;

/** How far a measure is from the best there could be; null where it is not known. */
const LOSS: Record<Measure, (row: Accuracy) => number | null> = {
  bias: ({ bias }) => bias && Math.abs(bias),
  mae: ({ mae }) => mae,
  rmse: ({ rmse }) => rmse,
  gini: ({ gini }) => gini && -gini,
  topDecileShare: ({ topDecileShare }) => topDecileShare && -topDecileShare,
};

export const MEASURES = Object.keys(LOSS) as Measure[];

/** The rows that are best in a measure: several when they are even, none when there is nothing to compare. */
export function bestIn<Row extends Accuracy>(measure: Measure, rows: Row[]): Row[] {
  const losses = rows.map((row) => LOSS[measure](row));
  const known = losses.filter((loss) => loss !== null);
  if (known.length < 2) return [];
  const least = Math.min(...known);
  return rows.filter((_, index) => losses[index] === least);
}
