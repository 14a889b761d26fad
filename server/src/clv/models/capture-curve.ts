/** Customers in the order of a prediction, the highest first, with the places where a group of equal ones ends. */
export interface Ranked {
  order: Uint32Array;
  /** Position after the last member of each group of equal predictions. */
  ends: Uint32Array;
}

/** Ranks customers by a prediction; equal predictions form a group, within which no order is better than another. */
export function ranked(predicted: Float64Array): Ranked {
  const order = Uint32Array.from(predicted, (_, i) => i).sort((i, j) => predicted[j]! - predicted[i]!);
  const ends: number[] = [];
  for (let i = 1; i <= order.length; i++) {
    if (i === order.length || predicted[order[i]!] !== predicted[order[i - 1]!]) ends.push(i);
  }
  return { order, ends: Uint32Array.from(ends) };
}

export interface Capture {
  /** Area under the curve of the share of what came (y) among the share of customers taken from the top (x). */
  area: number;
  /** What the asked shares of customers caught, as a share of all. */
  caught: number[];
}

/**
 * Follows the cumulative gains curve, straight within a group of equal predictions, which is what the mean over all
 * orders of the group comes to.
 *
 * @param weight how often each customer counts; once unless told
 * @returns NaN throughout when nothing came
 */
export function capture(
  { order, ends }: Ranked,
  actual: Float64Array,
  shares: readonly number[],
  weight?: Uint8Array,
): Capture {
  let customers = 0;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) {
    const w = weight ? weight[i]! : 1;
    customers += w;
    sum += w * actual[i]!;
  }
  const caught = shares.map(() => Number.NaN);
  let area = 0;
  let x = 0;
  let y = 0;
  let i = 0;
  for (const end of ends) {
    let more = 0;
    let gain = 0;
    for (; i < end; i++) {
      const w = weight ? weight[order[i]!]! : 1;
      more += w;
      gain += w * actual[order[i]!]!;
    }
    if (more === 0) continue;
    for (let s = 0; s < shares.length; s++) {
      const wanted = shares[s]! * customers;
      if (wanted > x && wanted <= x + more) caught[s] = (y + (gain * (wanted - x)) / more) / sum;
    }
    area += more * (y + gain / 2);
    x += more;
    y += gain;
  }
  return { area: area / (customers * sum), caught };
}
