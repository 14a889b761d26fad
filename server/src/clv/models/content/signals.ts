import { factorise, solveFactorised } from '../../../stats/cholesky';
import { gram } from '../../../stats/gram';
import { normalQuantile } from '../../../stats/normal-quantile';
import { type GlmFit, hessianAt, includedColumns, linearPredictors } from '../../../stats/ridge-glm';
import type { Signal } from '../../api-types';
import type { Column } from './columns';
import { columnVariances, type Training } from './training';

/**
 * What each content feature says in a fitted model, the clearest first. The variance of a coefficient is that of the
 * sandwich (H. White, Econometrica 50, 1982) with, in its middle, what shrinking may have taken away:
 * H⁻¹ (Σ r² x xᵀ + φ Λ) H⁻¹, Λ being the ridge and φ the dispersion. With equal variances that is φ H⁻¹, whose intervals
 * hold the truth at their rate on average over the coefficients (D. Nychka, J. Am. Stat. Assoc. 83, 1988).
 *
 * @param columns the content features, which begin at column `from`
 * @returns effects as multipliers of the mean (log link) or of the odds (logit), one for each feature that varies
 */
export function signalsOf(
  training: Training,
  fit: GlmFit,
  columns: readonly Column[],
  from: number,
): Signal[] {
  const { x, rows } = training;
  const included = includedColumns(training.penalty);
  const errors = standardErrors(training, fit);
  const variances = columnVariances(x, rows);
  const readers = new Uint32Array(x.columns);
  for (const row of rows) for (let k = x.start[row]!; k < x.start[row + 1]!; k++) readers[x.column[k]!]!++;
  const reach = normalQuantile(0.975);
  const signals: { signal: Signal; clarity: number }[] = [];
  included.forEach((column, i) => {
    const said = columns[column - from];
    const error = errors?.[i + 1];
    if (!said || error === undefined) return;
    const unit = said.binary ? 1 : Math.sqrt(variances[column]!);
    const coefficient = fit.coefficients[column]!;
    const at = (shift: number) => Math.exp((coefficient + shift * error) * unit);
    const { key, name, group } = said;
    signals.push({
      signal: { key, name, group, effect: at(0), low: at(-reach), high: at(reach), n: readers[column]! },
      clarity: Math.abs(coefficient) / error,
    });
  });
  return signals.sort((a, b) => b.clarity - a.clarity).map(({ signal }) => signal);
}

/** Of the intercept and the included coefficients; undefined when the matrix cannot be inverted. */
function standardErrors(training: Training, fit: GlmFit): Float64Array | undefined {
  const { family, x, y, rows, penalty } = training;
  const columns = includedColumns(penalty);
  const size = columns.length + 1;
  const eta = linearPredictors(fit, training);
  const squares = new Float64Array(rows.length);
  let slopes = 0;
  let sum = 0;
  rows.forEach((row, i) => {
    const mu = family.mean(eta[i]!);
    squares[i] = (y[row]! - mu) ** 2;
    sum += squares[i]!;
    slopes += family.slope(mu);
  });
  const middle = gram(x, rows, columns, squares);
  columns.forEach((column, i) => {
    middle[(i + 1) * (size + 1)]! += (sum / slopes) * rows.length * penalty[column]!;
  });
  const factor = hessianAt(eta, training);
  if (!factorise(factor, size)) return undefined;
  const row = new Float64Array(size);
  return Float64Array.from({ length: size }, (_, i) => {
    row.fill(0);
    row[i] = 1;
    solveFactorised(factor, size, row);
    return Math.sqrt(quadraticForm(middle, size, row));
  });
}

/** vᵀ A v of a symmetric matrix given by its lower triangle. */
function quadraticForm(lower: Float64Array, size: number, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) sum += 2 * lower[i * size + j]! * v[i]! * v[j]!;
    sum += lower[i * size + i]! * v[i]! ** 2;
  }
  return sum;
}
