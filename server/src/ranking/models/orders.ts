/** Paid orders in any order, refunds too: whose, when (epoch ms), and what they add to the person's value in minor units. */
export interface Orders {
  person: Int32Array;
  at: Float64Array;
  value: Float64Array;
}

/**
 * What each person's orders before some moment of theirs add up to.
 *
 * @param before by person; Infinity for all orders, −Infinity for none
 */
export function valuesBefore({ person, at, value }: Orders, before: Float64Array): Float64Array {
  const values = new Float64Array(before.length);
  for (let i = 0; i < person.length; i++) {
    if (at[i]! < before[person[i]!]!) values[person[i]!]! += value[i]!;
  }
  return values;
}
