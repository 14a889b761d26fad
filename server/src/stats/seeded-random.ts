/** Draws a number from 0 (included) to 1 (excluded), in steps of 2⁻⁵³. */
export type Random = () => number;

/**
 * A generator that gives the same numbers for the same seed everywhere, for it uses integers only: xoshiro128**
 * (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021).
 *
 * @param seed a whole number
 * @param streams further whole numbers, each choice of which gives an unrelated sequence: one for each person, say
 * @throws RangeError when one of them is not a safe integer
 */
export function seededRandom(seed: number, ...streams: number[]): Random {
  const next = xoshiro128(stateOf([seed, ...streams]));
  return () => (next() * 2_097_152 + (next() >>> 11)) / 9_007_199_254_740_992;
}

/** 32-bit integers from four words of state, not all zero. */
export function xoshiro128(state: Uint32Array): () => number {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Mixes whole numbers into a state, every bit of them reaching every word (MurmurHash3's finaliser). */
function stateOf(keys: number[]): Uint32Array {
  let hash = 0x9e3779b9;
  for (const key of keys) {
    if (!Number.isSafeInteger(key)) throw new RangeError(`a seed must be a whole number, not ${key}`);
    hash = mix(hash ^ key) + 0x9e3779b9;
    hash = mix(hash ^ Math.floor(key / 4_294_967_296)) + 0x9e3779b9;
  }
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = (hash + 0x9e3779b9) | 0;
    state[i] = mix(hash);
  }
  return state;
}

function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
