import { inverseSymmetric } from '../../stats/inverse-symmetric';

/** Something known of each customer that does not change: a channel as 0 and 1, say. One value for each row of the histories. */
export interface Covariate {
  name: string;
  values: ArrayLike<number>;
}

/** A covariate with mean 0 and standard deviation 1, and what it takes to go back. */
export interface Standardised {
  name: string;
  mean: number;
  deviation: number;
  values: Float64Array;
}

/** Below this share of what its size suggests, a deviation is nothing but rounding. */
const ROUNDING = 1e-12;

/**
 * Centres and scales covariates, so that a penalty means the same to each, whatever it is measured in.
 *
 * @throws RangeError naming the covariate that has a value missing, is the same for everybody, or is told by the others
 */
export function standardise(covariates: readonly Covariate[], weight: Float64Array): Standardised[] {
  const columns: Standardised[] = [];
  for (const covariate of covariates) {
    const column = standardised(covariate, weight);
    columns.push(column);
    if (inverseSymmetric(correlations(columns, weight))) continue;
    const others = columns.slice(0, -1).map(({ name }) => `"${name}"`);
    throw new RangeError(
      `covariate "${column.name}" says nothing that ${others.join(' and ')} do not say already (they are collinear): leave one out`,
    );
  }
  return columns;
}

function standardised({ name, values }: Covariate, weight: Float64Array): Standardised {
  if (values.length !== weight.length) {
    throw new RangeError(`covariate "${name}" has ${values.length} values for ${weight.length} histories`);
  }
  const column = Float64Array.from(values);
  const bad = column.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(`covariate "${name}" is ${column[bad]} in row ${bad + 1}: give a number`);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = column.reduce((sum, value, i) => sum + weight[i]! * value, 0) / total;
  const squares = column.reduce((sum, value, i) => sum + weight[i]! * (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / total);
  if (!(deviation > ROUNDING * Math.abs(mean))) {
    throw new RangeError(
      `covariate "${name}" is the same for everybody: it can explain nothing, leave it out`,
    );
  }
  return { name, mean, deviation, values: column.map((value) => (value - mean) / deviation) };
}

function correlations(columns: Standardised[], weight: Float64Array): number[][] {
  return columns.map((one) =>
    columns.map((other) =>
      one.values.reduce((sum, value, i) => sum + weight[i]! * value * other.values[i]!, 0),
    ),
  );
}
