/**
 * Moves labels apart that would cover each other.
 *
 * @param places where each would stand, in pixels
 * @param gap the least distance between two
 * @param end the last place there is
 * @returns where each stands now, in the same order
 */
export function spread(places: number[], gap: number, end: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
  const result = [...places];
  let least = 0;
  for (const index of order) {
    result[index] = Math.max(result[index]!, least);
    least = result[index]! + gap;
  }
  let most = end;
  for (const index of order.reverse()) {
    result[index] = Math.min(result[index]!, most);
    most = result[index]! - gap;
  }
  return result;
}
