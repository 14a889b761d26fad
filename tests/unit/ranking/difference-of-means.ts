import { sampleOf } from '../../../server/src/stats/sample';
import { welchDifference } from '../../../server/src/stats/welch-difference';

/** Those marked with 1 against those marked with 0. */
export function differenceOfMeans(values: number[], marks: number[]) {
  const marked = (mark: number) => sampleOf(values.filter((_, i) => marks[i] === mark));
  return welchDifference(marked(1), marked(0));
}
