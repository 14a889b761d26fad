import type { Exposures } from './exposures';
import type { Persons } from './persons';
import type { Scope } from './scope';

/** All that the plain figures of one item rest on. */
export interface ItemSums {
  /** Persons of the population who touched it before their boundary, and sums over them. */
  exposed: number;
  rankSum: number;
  /** Σ (value − centre of the population), and of its squares. */
  deviationSum: number;
  deviationSquares: number;
  exposedByBin: Uint32Array;
  /** Persons, members or not, who ever touched it, and those of them whose first touch of it was not before their first order. */
  readers: number;
  readersAlreadyCustomers: number;
}

/** Places of the members who touched an item before their boundary. */
export function exposedPlaces(scope: Scope, { start, person, firstAt }: Exposures, item: number): Int32Array {
  const places = new Int32Array(start[item + 1]! - start[item]!);
  let count = 0;
  for (let i = start[item]!; i < start[item + 1]!; i++) {
    const place = scope.placeOf[person[i]!]!;
    if (place >= 0 && firstAt[i]! < scope.boundaries[place]!) places[count++] = place;
  }
  return places.subarray(0, count);
}

export function itemSums(
  { population }: Scope,
  exposed: Int32Array,
  persons: Persons,
  exposures: Exposures,
  item: number,
): ItemSums {
  const sums: ItemSums = {
    exposed: exposed.length,
    rankSum: 0,
    deviationSum: 0,
    deviationSquares: 0,
    exposedByBin: new Uint32Array(population.bins.length),
    readers: 0,
    readersAlreadyCustomers: 0,
  };
  for (const place of exposed) {
    const deviation = population.deviations[place]!;
    sums.rankSum += population.midRanks[place]!;
    sums.deviationSum += deviation;
    sums.deviationSquares += deviation * deviation;
    sums.exposedByBin[population.binOf[place]!]!++;
  }
  for (let i = exposures.start[item]!; i < exposures.start[item + 1]!; i++) {
    const person = exposures.person[i]!;
    sums.readers++;
    if (exposures.firstAt[i]! >= persons.firstOrderAt[person]!) sums.readersAlreadyCustomers++;
  }
  return sums;
}
