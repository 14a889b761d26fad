/** M. Ciura, "Best increments for the average case of Shellsort", FCT 2001; 9/4 of the last from there on. */
const GAPS = [1, 4, 10, 23, 57, 132, 301, 701, 1577, 3548, 7983, 17961, 40412, 90927];

/**
 * Sorts the steps between two places by time, those of one moment by item, in place: two columns together, without memory
 * of its own and without a call for each comparison.
 */
export function sortSteps(at: Float64Array, item: Int32Array, from: number, to: number): void {
  for (let g = GAPS.length - 1; g >= 0; g--) {
    const gap = GAPS[g]!;
    for (let i = from + gap; i < to; i++) {
      const time = at[i]!;
      const number = item[i]!;
      let place = i;
      while (place - gap >= from) {
        const before = at[place - gap]!;
        if (before < time || (before === time && item[place - gap]! < number)) break;
        at[place] = before;
        item[place] = item[place - gap]!;
        place -= gap;
      }
      at[place] = time;
      item[place] = number;
    }
  }
}
