const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** MurmurHash3's body over UTF-16 units, each as one block, and its finaliser (A. Appleby, public domain). */
function hash32(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    h ^= Math.imul(rotate(Math.imul(text.charCodeAt(i), 0xcc9e2d51), 15), 0x1b873593);
    h = (Math.imul(rotate(h, 13), 5) + 0xe6546b64) | 0;
  }
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in (0, 1) made of the text alone, in steps of 2⁻⁵²: the same on every node and at every time. */
export function uniformOf(text: string): number {
  const high = hash32(text, 0x9e3779b9);
  const low = hash32(text, 0x243f6a88) >>> 12;
  return (high * 1_048_576 + low + 0.5) / 4_503_599_627_370_496;
}
