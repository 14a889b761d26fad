/** A column told by its different values: functions of it are computed once for each. */
export interface DistinctValues {
  /** Ascending. */
  values: Float64Array;
  /** For each row, the place of its value in `values`. */
  index: Int32Array;
}

/** The different numbers of a column. Days in weeks, months or days repeat a lot: CDNOW's 1,016 rows have 84 ages. */
export function distinctValues(column: Float64Array): DistinctValues {
  const sorted = column.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  }
  const values = sorted.slice(0, count);
  const index = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) index[i] = placeOf(values, column[i]!);
  return { values, index };
}

function placeOf(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
