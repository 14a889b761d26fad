import type { SparseRows } from './sparse-rows';

/**
 * Σ wᵢ zᵢ zᵢᵀ over some rows, z being 1 and then the row's values in the chosen columns.
 *
 * @param columns ascending
 * @param weights one for each of `rows`
 * @returns the lower triangle, row after row, of a matrix of one more than `columns`; zero above
 */
export function gram(
  x: SparseRows,
  rows: Uint32Array,
  columns: Uint16Array,
  weights: Float64Array,
): Float64Array<ArrayBuffer> {
  const size = columns.length + 1;
  const slotOf = slots(x, columns);
  const sum = new Float64Array(size * size);
  const slot = new Int32Array(size);
  const value = new Float64Array(size);
  value[0] = 1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    let filled = 1;
    for (let k = x.start[row]!; k < x.start[row + 1]!; k++) {
      const s = slotOf[x.column[k]!]!;
      if (s === 0) continue;
      slot[filled] = s;
      value[filled++] = x.value[k]!;
    }
    for (let a = 0; a < filled; a++) {
      const at = slot[a]! * size;
      const weighted = weights[i]! * value[a]!;
      for (let b = 0; b <= a; b++) sum[at + slot[b]!]! += weighted * value[b]!;
    }
  }
  return sum;
}

/** Of each column, its place after the constant among the chosen ones; 0 where it is not chosen. */
export function slots(x: SparseRows, columns: Uint16Array): Int32Array {
  const slotOf = new Int32Array(x.columns);
  columns.forEach((column, i) => {
    slotOf[column] = i + 1;
  });
  return slotOf;
}
