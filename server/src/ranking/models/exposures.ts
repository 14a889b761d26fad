/** Who touched which item, and when first: the persons of item `i` stand at the places from `start[i]` to `start[i + 1]`. */
export interface Exposures {
  contents: number;
  start: Uint32Array;
  person: Int32Array;
  /** Epoch milliseconds of the person's first touch of the item. */
  firstAt: Float64Array;
}

const FIRST_ROOM = 1 << 12;

/** Takes exposures in any order, each person × item once, and lays them out by item. */
export class ExposureLog {
  #person = new Int32Array(FIRST_ROOM);
  #contentId = new Int32Array(FIRST_ROOM);
  #firstAt = new Float64Array(FIRST_ROOM);
  #length = 0;

  /** @param contentId any whole number that tells the item */
  add(person: number, contentId: number, firstAt: number): void {
    if (this.#length === this.#person.length) this.#makeRoom();
    this.#person[this.#length] = person;
    this.#contentId[this.#length] = contentId;
    this.#firstAt[this.#length++] = firstAt;
  }

  /** Of everything that was touched. */
  contentIds(): Set<number> {
    return new Set(this.#contentId.subarray(0, this.#length));
  }

  /** @param contentIds those of the items, by number; exposures to others are left out */
  byItem(contentIds: number[]): Exposures {
    const contents = contentIds.length;
    const numberOf = new Map(contentIds.map((id, number) => [id, number]));
    const item = Int32Array.from({ length: this.#length }, (_, i) => numberOf.get(this.#contentId[i]!) ?? -1);
    const start = new Uint32Array(contents + 1);
    for (const number of item) if (number >= 0) start[number + 1]!++;
    for (let number = 0; number < contents; number++) start[number + 1]! += start[number]!;
    const next = start.slice();
    const person = new Int32Array(start[contents]!);
    const firstAt = new Float64Array(start[contents]!);
    for (let i = 0; i < item.length; i++) {
      if (item[i]! < 0) continue;
      const place = next[item[i]!]!++;
      person[place] = this.#person[i]!;
      firstAt[place] = this.#firstAt[i]!;
    }
    return { contents, start, person, firstAt };
  }

  #makeRoom(): void {
    const room = 2 * this.#length;
    this.#person = grown(this.#person, new Int32Array(room));
    this.#contentId = grown(this.#contentId, new Int32Array(room));
    this.#firstAt = grown(this.#firstAt, new Float64Array(room));
  }
}

function grown<Column extends Int32Array | Float64Array>(old: Column, larger: Column): Column {
  larger.set(old);
  return larger;
}
