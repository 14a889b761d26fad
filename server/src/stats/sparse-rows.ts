/** A matrix of which only what is not zero is kept, row after row (compressed sparse rows). */
export interface SparseRows {
  rows: number;
  columns: number;
  /** Where each row begins in `column` and `value`; one more at the end. */
  start: Uint32Array;
  column: Uint16Array;
  value: Float64Array;
}

/** One row: columns in ascending order, each with a value. */
export type SparseRow = readonly (readonly [column: number, value: number])[];

/** Builds a matrix row by row, in memory that grows with what is not zero. */
export class SparseRowsBuilder {
  #start: number[] = [0];
  #column = new Uint16Array(1024);
  #value = new Float64Array(1024);
  #length = 0;

  /** @param columns at most 65,536 */
  constructor(private readonly columns: number) {}

  add(row: SparseRow): void {
    for (const [column, value] of row) {
      if (value === 0) continue;
      if (this.#length === this.#value.length) this.#grow();
      this.#column[this.#length] = column;
      this.#value[this.#length++] = value;
    }
    this.#start.push(this.#length);
  }

  build(): SparseRows {
    return {
      rows: this.#start.length - 1,
      columns: this.columns,
      start: Uint32Array.from(this.#start),
      column: this.#column.slice(0, this.#length),
      value: this.#value.slice(0, this.#length),
    };
  }

  #grow(): void {
    const column = new Uint16Array(2 * this.#column.length);
    const value = new Float64Array(2 * this.#value.length);
    column.set(this.#column);
    value.set(this.#value);
    this.#column = column;
    this.#value = value;
  }
}
