const FIRST_ROOM = 1024;

/** A list of numbers that takes eight bytes each. */
export class Growing {
  length = 0;
  private values = new Float64Array(FIRST_ROOM);

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** A view of the values from one place to another. */
  slice(from: number, to: number): Float64Array {
    return this.values.subarray(from, to);
  }
}
