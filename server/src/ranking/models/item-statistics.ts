/**
 * Sums over some persons who took an item and whose values lie in one bin of the population. Rows of the same item and
 * bin add up, so they may come in any order and in chunks of persons.
 */
export interface StatisticsRow<Key> {
  contentId: Key;
  bin: number;
  /** Persons of the population who touched it before their landmark, and sums over them. */
  exposed: number;
  rankSum: number;
  /** Σ (value − centre of the population) */
  deviationSum: number;
  /** Σ (value − centre of the population)² */
  deviationSquares: number;
  /** Persons who ever touched it, and those of them whose first touch of it was not before their first order. */
  readers: number;
  readersAlreadyCustomers: number;
}

/** All that the figures of one item rest on. */
export interface ItemSums {
  exposed: number;
  rankSum: number;
  deviationSum: number;
  deviationSquares: number;
  readers: number;
  readersAlreadyCustomers: number;
  exposedByBin: Uint32Array;
}

/** The sufficient statistics of a ranking: for each item a few sums, however many exposures there are. */
export class ItemStatistics<Key> {
  readonly #items = new Map<Key, ItemSums>();

  /** @param bins how many the population has */
  constructor(private readonly bins: number) {}

  add(row: StatisticsRow<Key>): void {
    const sums = this.sumsOf(row.contentId);
    sums.exposed += row.exposed;
    sums.rankSum += row.rankSum;
    sums.deviationSum += row.deviationSum;
    sums.deviationSquares += row.deviationSquares;
    sums.readers += row.readers;
    sums.readersAlreadyCustomers += row.readersAlreadyCustomers;
    sums.exposedByBin[row.bin]! += row.exposed;
  }

  /** The sums of one item, all zero when nothing was added: so an item that nobody touched is listed too. */
  sumsOf(contentId: Key): ItemSums {
    let sums = this.#items.get(contentId);
    if (!sums) {
      sums = {
        exposed: 0,
        rankSum: 0,
        deviationSum: 0,
        deviationSquares: 0,
        readers: 0,
        readersAlreadyCustomers: 0,
        exposedByBin: new Uint32Array(this.bins),
      };
      this.#items.set(contentId, sums);
    }
    return sums;
  }

  entries(): IterableIterator<[Key, ItemSums]> {
    return this.#items.entries();
  }
}
