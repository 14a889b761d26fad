import type { Histories } from './types';

/**
 * Merges equal histories and adds up their weights: likelihoods then cost as many terms as there are different rows
 * (CDNOW's 23,570 customers have 8,685). Rows come out in the order in which they were first seen. With `logGaps`, rows are
 * merged only when these are equal too.
 */
export function uniqueHistories(histories: Histories): Histories {
  return mergeRows(histories).unique;
}

/** The same, with the place of each given row among the unique ones: what is computed for a unique row holds for all of them. */
export function mergeRows(histories: Histories): { unique: Histories; indexOf: Int32Array } {
  const { frequency, recency, age, weight, logGaps } = histories;
  const n = frequency.length;
  const table = new Int32Array(2 ** Math.ceil(Math.log2(2 * n + 2))).fill(-1);
  const mask = table.length - 1;
  /** The first row with this history. */
  const firsts = new Int32Array(n);
  const indexOf = new Int32Array(n);
  const weights = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    let slot = hash(frequency[i]!, recency[i]!, age[i]!, logGaps?.[i] ?? 0) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const known = table[slot]!;
      if (known < 0) {
        table[slot] = count;
        firsts[count++] = i;
        break;
      }
      const first = firsts[known]!;
      if (
        frequency[first] === frequency[i] &&
        recency[first] === recency[i] &&
        age[first] === age[i] &&
        logGaps?.[first] === logGaps?.[i]
      ) {
        break;
      }
    }
    indexOf[i] = table[slot]!;
    weights[table[slot]!]! += weight[i]!;
  }
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(count);
    for (let k = 0; k < count; k++) picked[k] = column[firsts[k]!]!;
    return picked;
  };
  const unique: Histories = {
    frequency: pick(frequency),
    recency: pick(recency),
    age: pick(age),
    weight: weights.slice(0, count),
  };
  if (logGaps) unique.logGaps = pick(logGaps);
  return { unique, indexOf };
}

const numbers = new Float64Array(4);
const words = new Int32Array(numbers.buffer);

/** MurmurHash3's mixing of the eight words of four numbers. */
function hash(first: number, second: number, third: number, fourth: number): number {
  numbers[0] = first;
  numbers[1] = second;
  numbers[2] = third;
  numbers[3] = fourth;
  let h = 0;
  for (let i = 0; i < 8; i++) {
    const k = Math.imul(words[i]!, 0xcc9e2d51);
    h ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
