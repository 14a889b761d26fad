import { naturalSpline } from '../../../stats/natural-spline';
import type { SparseRows } from '../../../stats/sparse-rows';

/**
 * What the regressions see: for each person a smooth curve of every covariate, each column standardised, and the
 * outcome, centred, as the last column. A covariate that does not vary is passed over.
 */
export function designOf(covariates: Float64Array[], outcome: Float64Array): SparseRows {
  const columns: Float64Array[] = [];
  for (const covariate of covariates) {
    for (const column of naturalSpline(covariate)) {
      const z = standardised(column);
      if (z) columns.push(z);
    }
  }
  return fullRows([...columns, outcome]);
}

/** Less its mean and over its standard deviation; null when it does not vary. */
function standardised(values: Float64Array): Float64Array | null {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const spread = Math.sqrt(squares / values.length);
  return spread > 1e-12 * Math.abs(mean) ? values.map((value) => (value - mean) / spread) : null;
}

function fullRows(columns: Float64Array[]): SparseRows {
  const width = columns.length;
  const rows = columns[0]!.length;
  const column = new Uint16Array(rows * width);
  const value = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < width; c++) {
      column[row * width + c] = c;
      value[row * width + c] = columns[c]![row]!;
    }
  }
  return {
    rows,
    columns: width,
    start: Uint32Array.from({ length: rows + 1 }, (_, i) => i * width),
    column,
    value,
  };
}
