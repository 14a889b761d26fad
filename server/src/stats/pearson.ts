import { mean } from './mean';

/**
 * Pearson's correlation of two samples of the same length.
 *
 * @returns from −1 to 1; NaN for fewer than two pairs or when either sample is constant
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const r = xy / Math.sqrt(xx * yy);
  return Math.max(-1, Math.min(1, r));
}
