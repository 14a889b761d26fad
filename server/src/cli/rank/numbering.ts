/** Numbers keys from 0 in the order in which they are first met. */
export class Numbering {
  readonly keys: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.keys.push(key) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** The number of a key that was met before. */
  find(key: string): number | undefined {
    return this.#numbers.get(key);
  }
}
