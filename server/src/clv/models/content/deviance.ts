/** Twice the log-likelihood lost to a perfect prediction, per unit of the mean outcome, for a variance in proportion to the mean. */
export function poissonDeviance(centre: number): (actual: number, predicted: number) => number {
  return (actual, predicted) => {
    const mu = Math.max(predicted, 1e-9 * centre);
    const gain = actual > 0 ? actual * Math.log(actual / mu) : 0;
    return (2 * (gain - actual + mu)) / centre;
  };
}

/** Of an outcome 0 or 1 and its probability. */
export function bernoulliDeviance(actual: number, probability: number): number {
  const right = actual > 0 ? probability : 1 - probability;
  return -2 * Math.log(Math.max(1e-12, right));
}
