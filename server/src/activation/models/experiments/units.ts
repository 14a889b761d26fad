/** What is known of the units of an experiment, one place each. */
export interface Units {
  /** 0 is the holdout; the others are variants, by their place in the design. */
  arm: Uint8Array;
  /** How many arms there are, the holdout included. */
  arms: number;
  /** What each was worth since it met the experiment. */
  value: Float64Array;
  /** What was known of each when it did: nothing that an arm could change. */
  covariates: Float64Array[];
}

/** Mean of an arm and the squared standard error of that mean. */
export interface ArmMean {
  n: number;
  mean: number;
  squaredError: number;
}

/** Of each arm the sum of some values, and how many it has. */
export function sumsByArm(
  values: ArrayLike<number>,
  { arm, arms }: Pick<Units, 'arm' | 'arms'>,
): { n: Float64Array; sum: Float64Array } {
  const n = new Float64Array(arms);
  const sum = new Float64Array(arms);
  for (let i = 0; i < arm.length; i++) {
    n[arm[i]!]! += 1;
    sum[arm[i]!]! += values[i]!;
  }
  return { n, sum };
}
