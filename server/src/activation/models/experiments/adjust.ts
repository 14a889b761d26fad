import { type ArmMean, sumsByArm, type Units } from './units';

/** A covariate of which others leave less than this share of its length adds nothing but rounding. */
const DEPENDENT = 1e-10;

/** How far the variances of arms are thought to differ: the deviation of the logarithm of their ratio. */
const LIKENESS = 0.3;
/** An arm in which hardly anybody bought yet is not taken to vary less than this share of the others. */
const LEAST_GROWTH = 0.5;

/** A direction of the covariates, as it is within arms and over all of them. */
interface Axis {
  within: Float64Array;
  whole: Float64Array;
}

export interface Adjusted {
  arms: ArmMean[];
  /** Squared standard error that the means of all arms share, for it comes from the mean of the covariates over all units. */
  shared: number;
}

/**
 * Means of arms as they would be if all arms had the covariates of all units: CUPED (A. Deng, Y. Xu, R. Kohavi and T. Walker,
 * WSDM 2013) with one θ for all arms, from a regression within arms. Errors are heteroskedasticity-robust (HC2: J. MacKinnon
 * and H. White, J. Econometrics 29, 1985; for experiments W. Lin, Annals of Applied Statistics 7, 2013).
 */
export function adjustedMeans(units: Units): Adjusted {
  const { arm, arms, value } = units;
  const size = arm.length;
  const axes = axesOf(units);
  const adjusted = Float64Array.from(value);
  const leverage = new Float64Array(size);
  const explained = new Float64Array(size);
  for (const { within, whole } of axes) {
    const slope = dot(within, value);
    for (let i = 0; i < size; i++) {
      adjusted[i]! -= slope * whole[i]!;
      explained[i]! += slope * whole[i]!;
      leverage[i]! += within[i]! ** 2;
    }
  }
  const { n, sum } = sumsByArm(adjusted, units);
  const squares = new Float64Array(arms);
  let fourth = 0;
  let shared = 0;
  for (let i = 0; i < size; i++) {
    const k = arm[i]!;
    const free = Math.max(1 - 1 / n[k]! - leverage[i]!, Number.EPSILON);
    const square = (adjusted[i]! - sum[k]! / n[k]!) ** 2 / free;
    squares[k]! += square;
    fourth += square ** 2;
    shared += explained[i]! ** 2;
  }
  const variances = steadied(n, squares, fourth / size, sumsByArm(value, units).sum);
  return {
    arms: Array.from(n, (count, k) => ({
      n: count,
      mean: sum[k]! / count,
      squaredError: variances[k]! / count,
    })),
    shared: shared / size ** 2,
  };
}

/**
 * Variances of arms, each drawn towards what all arms together say as far as it is uncertain itself. Few units seldom hold one
 * of the largest customers, and when they do not, both their mean and their variance look too small at once: an interval
 * by that variance fails more often than it says. The idea is the moderated t's (G. Smyth, SAGMB 3, 2004); with many units
 * or light tails an arm's own variance is left, as in Welch's. What all say is a variance for each unit of the mean, as of
 * people who buy more often.
 *
 * @param squares sums of squares within arms
 * @param fourthMoment of all residuals
 * @param sums of the values of each arm
 */
function steadied(n: Float64Array, squares: Float64Array, fourthMoment: number, sums: Float64Array) {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const pooled = total(squares) / total(n);
  const mean = total(sums) / total(n);
  const kurtosis = pooled > 0 ? fourthMoment / pooled ** 2 : 1;
  return squares.map((square, k) => {
    const uncertainty = Math.max(0, kurtosis - 1) / n[k]!;
    const own = LIKENESS ** 2 / (LIKENESS ** 2 + uncertainty);
    const growth = mean > 0 ? Math.max(LEAST_GROWTH, sums[k]! / n[k]! / mean) : 1;
    return own * (square / n[k]!) + (1 - own) * pooled * growth;
  });
}

/** The covariates made orthonormal within arms, by the modified Gram–Schmidt process; what others determine is passed over. */
function axesOf(units: Units): Axis[] {
  const axes: Axis[] = [];
  for (const covariate of units.covariates) {
    const within = centredWithin(covariate, units);
    const whole = centred(covariate);
    const before = dot(within, within);
    for (const axis of axes) {
      const share = dot(within, axis.within);
      subtract(within, axis.within, share);
      subtract(whole, axis.whole, share);
    }
    const after = dot(within, within);
    if (!(after > before * DEPENDENT) || !(after > 0)) continue;
    const scale = 1 / Math.sqrt(after);
    axes.push({ within: within.map((x) => x * scale), whole: whole.map((x) => x * scale) });
  }
  return axes;
}

function centredWithin(values: Float64Array, units: Units): Float64Array {
  const { n, sum } = sumsByArm(values, units);
  return values.map((value, i) => value - sum[units.arm[i]!]! / n[units.arm[i]!]!);
}

function centred(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / Math.max(1, values.length);
  return values.map((value) => value - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtract(from: Float64Array, axis: Float64Array, share: number): void {
  for (let i = 0; i < from.length; i++) from[i]! -= share * axis[i]!;
}
