import { type SparseRow, type SparseRows, SparseRowsBuilder } from '../../../stats/sparse-rows';

/** One matrix of what is known without reading and, in the columns after it, of what was read. */
export function designOf(
  persons: number,
  columns: { base: number; reading: number },
  rowOf: (person: number) => { base: SparseRow; reading: SparseRow },
): SparseRows {
  const rows = new SparseRowsBuilder(columns.base + columns.reading);
  for (let person = 0; person < persons; person++) {
    const { base, reading } = rowOf(person);
    rows.add([...base, ...reading.map(([column, value]) => [columns.base + column, value] as const)]);
  }
  return rows.build();
}
