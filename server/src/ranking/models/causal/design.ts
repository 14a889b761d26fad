import { mean } from '../../../stats/mean';
import { naturalSpline } from '../../../stats/natural-spline';
import { residuals } from '../../../stats/residuals';
import type { SparseRows } from '../../../stats/sparse-rows';

/** A column of which less than this share is left tells nothing but rounding. */
const NOTHING = 1e-6;

/**
 * What the regressions see: for each person a smooth curve of every covariate, and the outcome as the last column. The
 * columns of a curve are made orthogonal and standardised, so that a ridge weighs upon all alike. A covariate that does
 * not vary is passed over.
 */
export function designOf(covariates: Float64Array[], outcome: Float64Array): SparseRows {
  return fullRows([...covariates.flatMap(orthogonalCurve), outcome]);
}

function orthogonalCurve(covariate: Float64Array): Float64Array[] {
  const columns = naturalSpline(covariate);
  return columns.flatMap((column, i) => {
    const rest = residuals(column, columns.slice(0, i));
    const spread = length(rest);
    return spread > NOTHING * length(column) ? [rest.map((value) => value / spread)] : [];
  });
}

/** Root of the mean square. */
function length(values: Float64Array): number {
  return Math.sqrt(mean(values.map((value) => value * value)));
}

/** A matrix of which nothing is left out, from its columns. */
function fullRows(columns: Float64Array[]): SparseRows {
  const width = columns.length;
  const rows = columns[0]!.length;
  const value = new Float64Array(rows * width);
  const columnOf = new Uint16Array(rows * width);
  for (let row = 0, k = 0; row < rows; row++) {
    for (let c = 0; c < width; c++, k++) {
      columnOf[k] = c;
      value[k] = columns[c]![row]!;
    }
  }
  return {
    rows,
    columns: width,
    start: Uint32Array.from({ length: rows + 1 }, (_, row) => row * width),
    column: columnOf,
    value,
  };
}
