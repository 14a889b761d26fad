import { bonettWrightInterval } from '../../../stats/bonett-wright-interval';
import { correlationPValue } from '../../../stats/correlation-p-value';
import { meanInterval } from '../../../stats/mean-interval';
import { sampleOf } from '../../../stats/sample';
import { spearman } from '../../../stats/spearman';

export interface DoseInput {
  /** How much of the item each exposed person took: touches, seconds, depth. */
  doses: ArrayLike<number>;
  /** The outcome of each exposed person less what is expected of persons like them. */
  residuals: ArrayLike<number>;
  /** The same of the persons who took nothing. */
  unexposed: ArrayLike<number>;
}

export interface DoseOptions {
  /** At most so many groups of exposed persons. */
  groups?: number;
  /** Persons of whom at least a group consists. */
  least?: number;
  confidence?: number;
}

/** Mean and interval in the unit of the residuals; null where there are fewer persons than a group needs. */
export interface DoseMean {
  n: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}

/** Persons whose dose is from `from` to `to`, both included. */
export interface DoseGroup extends DoseMean {
  from: number;
  to: number;
}

/** Spearman's correlation of dose and residual among the exposed; without interval when the order is perfect. */
export interface DoseTrend {
  n: number;
  rho: number;
  low: number | null;
  high: number | null;
  pValue: number;
}

export interface DoseCurve {
  unexposed: DoseMean;
  /** By rising dose; every exposed person is in one of them, unless refused. */
  groups: DoseGroup[];
  /** Null when refused, or when doses or residuals are all the same. */
  trend: DoseTrend | null;
  /** When there are too few exposed persons for even one group. */
  refused: { reason: 'too few exposed'; needed: number; has: number } | null;
}

/**
 * Value by dose: exposed persons in up to five groups between quantiles of their dose, those of equal dose together, and
 * whether value goes up with dose among them. Fewer groups when one would be too small.
 *
 * @throws RangeError when not every dose has its residual, or a value is not finite
 */
export function doseCurve(input: DoseInput, options: DoseOptions = {}): DoseCurve {
  const { groups: most = 5, least = 30, confidence = 0.95 } = options;
  const doses = Float64Array.from(input.doses);
  const residuals = Float64Array.from(input.residuals);
  const unexposed = Float64Array.from(input.unexposed);
  const n = doses.length;
  if (residuals.length !== n) throw new RangeError(`${n} doses for ${residuals.length} residuals`);
  if (![doses, residuals, unexposed].every((column) => column.every(Number.isFinite))) {
    throw new RangeError('a dose or a residual is not finite');
  }

  const meanOf = (values: Float64Array): DoseMean => {
    const sample = sampleOf(values);
    if (sample.n < Math.max(2, least)) return { n: sample.n, mean: null, low: null, high: null };
    return { n: sample.n, mean: sample.mean, ...meanInterval(sample, confidence) };
  };
  if (n < Math.max(2, least)) {
    const refused = { reason: 'too few exposed', needed: Math.max(2, least), has: n } as const;
    return { unexposed: meanOf(unexposed), groups: [], trend: null, refused };
  }

  const order = Uint32Array.from(doses.keys()).sort((i, j) => doses[i]! - doses[j]!);
  const sorted = Float64Array.from(order, (person) => doses[person]!);
  const ends = endsOfGroups(sorted, most, least);
  const groups = ends.map((end, g) => {
    const start = g === 0 ? 0 : ends[g - 1]!;
    const values = Float64Array.from(order.subarray(start, end), (person) => residuals[person]!);
    return { from: sorted[start]!, to: sorted[end - 1]!, ...meanOf(values) };
  });
  return {
    unexposed: meanOf(unexposed),
    groups,
    trend: trendOf(doses, residuals, confidence),
    refused: null,
  };
}

/** Where each group ends: the most groups between quantiles of which none is too small. */
function endsOfGroups(sorted: Float64Array, most: number, least: number): number[] {
  for (let count = most; count > 1; count--) {
    const ends = Array.from({ length: count }, (_, g) =>
      nearestEnd(sorted, ((g + 1) * sorted.length) / count),
    );
    if (ends.every((end, g) => end - (ends[g - 1] ?? 0) >= least)) return ends;
  }
  return [sorted.length];
}

/** The place nearest to this one that does not part equal doses. */
function nearestEnd(sorted: Float64Array, place: number): number {
  const at = Math.round(place);
  if (at === sorted.length) return at;
  const start = sorted.indexOf(sorted[at]!);
  const end = sorted.lastIndexOf(sorted[at]!) + 1;
  return at - start <= end - at ? start : end;
}

function trendOf(doses: Float64Array, residuals: Float64Array, confidence: number): DoseTrend | null {
  const n = doses.length;
  const rho = spearman(doses, residuals);
  if (Number.isNaN(rho)) return null;
  const { low, high } = bonettWrightInterval(rho, n, confidence);
  const has = Number.isFinite(low);
  return { n, rho, low: has ? low : null, high: has ? high : null, pValue: correlationPValue(rho, n) };
}
