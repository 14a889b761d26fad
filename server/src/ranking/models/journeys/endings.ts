/** Endings of journeys: what was read last, the last two items, …. Each is a node that knows the item it begins with. */
export class Endings {
  #longer = new Map<number, number>();
  #shorter = [0];
  #first = [-1];
  readonly #items: number;

  /** @param items how many there are */
  constructor(items: number) {
    this.#items = items;
  }

  /** The ending that is one item longer to the front; 0 is the empty one. */
  lengthen(ending: number, item: number): number {
    const key = ending * this.#items + item;
    const known = this.#longer.get(key);
    if (known !== undefined) return known;
    const longer = this.#first.length;
    this.#shorter.push(ending);
    this.#first.push(item);
    this.#longer.set(key, longer);
    return longer;
  }

  /** Its items as they were read. */
  itemsOf(ending: number): number[] {
    const items: number[] = [];
    for (let at = ending; at !== 0; at = this.#shorter[at]!) items.push(this.#first[at]!);
    return items;
  }

  get count(): number {
    return this.#first.length;
  }
}
