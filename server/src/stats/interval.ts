/** A confidence interval; both NaN where there is none. */
export interface Interval {
  low: number;
  high: number;
}

export const NO_INTERVAL: Interval = { low: Number.NaN, high: Number.NaN };
