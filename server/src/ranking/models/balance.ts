import type { Balance } from '../api-types';
import type { Adjusted } from './adjusted';
import type { Adjustment } from './adjustment';

/** Columns of a comparison that come before the traits. */
const OUTCOMES = 2;

/**
 * How far readers and others lie apart in each trait (with the item itself left out of what was read), before and after they
 * are compared within cells: differences of means
 * in standard deviations of the two groups together (P. Austin, "Balance diagnostics", Statistics in Medicine 28, 2009).
 */
export function balanceOf({ traits }: Adjustment, exposed: Int32Array, adjusted: Adjusted): Balance[] {
  return traits.map(({ name, values, without, total, totalSquares }, k) => {
    let sum = total;
    let squares = totalSquares;
    let sum1 = 0;
    let squares1 = 0;
    for (const place of exposed) {
      sum1 += without[place]!;
      squares1 += without[place]! ** 2;
      sum -= values[place]!;
      squares -= values[place]! ** 2;
    }
    const n1 = exposed.length;
    const n0 = values.length - n1;
    const mean1 = sum1 / n1;
    const mean0 = sum / n0;
    const variance1 = squares1 / n1 - mean1 ** 2;
    const variance0 = squares / n0 - mean0 ** 2;
    const deviation = Math.sqrt(Math.max(0, (variance1 + variance0) / 2));
    const inDeviations = (difference: number) =>
      deviation > 0 && Number.isFinite(difference) ? difference / deviation : null;
    return {
      trait: name,
      before: inDeviations(mean1 - mean0),
      after: inDeviations(adjusted.differences[OUTCOMES + k]!.difference),
    };
  });
}
