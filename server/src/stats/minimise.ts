export interface SmoothProblem {
  start: readonly number[];
  /** The value at x; writes the gradient into `gradient`. NaN or Infinity means: not here. */
  evaluate: (x: readonly number[], gradient: number[]) => number;
  /** 200 unless told. */
  maxIterations?: number;
  /** Ends when no component of the gradient is larger, 1e-9 unless told. */
  tolerance?: number;
  /** No coordinate moves further in one iteration; boundless unless told. */
  farthestStep?: number;
}

export interface Minimum {
  x: number[];
  value: number;
  gradient: number[];
  iterations: number;
}

/** Wolfe's conditions: the value must fall by this share of what the slope promises, … */
const LEAST_FALL = 1e-4;
/** … and the slope to this share of what it was. */
const MOST_SLOPE = 0.9;
/**
 * Values that differ by less than this share may do so by rounding, as sums over many rows; there the slope decides alone:
 * W. Hager and H. Zhang's approximate Wolfe conditions, SIAM J. Optim. 16 (2005).
 */
const NOISE = 1e-11;
const MOST_TRIALS = 60;
/** Largest step of a coordinate in the first iteration, when the scale of the problem is not known yet. */
const FIRST_STEP = 0.5;

/**
 * Finds a minimum of a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, with a line
 * search that brackets a step for which Wolfe's weak conditions hold. J. Nocedal and S. Wright, "Numerical Optimization",
 * 2006, sections 3.1 and 6.1. It says nothing of success: look at the gradient. From a start where the value is not finite
 * it returns at once.
 */
export function minimise(problem: SmoothProblem): Minimum {
  const { start, evaluate, maxIterations = 200, tolerance = 1e-9 } = problem;
  const farthestStep = problem.farthestStep ?? Number.POSITIVE_INFINITY;
  const n = start.length;
  let here = pointAt(evaluate, [...start]);
  let inverse: number[][] | null = null;
  let iterations = 0;
  for (; iterations < maxIterations && largest(here.gradient) > tolerance; iterations++) {
    let direction = here.gradient.map((g, i) => -(inverse ? dot(inverse[i]!, here.gradient) : g));
    if (inverse === null || !(dot(direction, here.gradient) < 0)) {
      inverse = null;
      const shrink = Math.min(1, FIRST_STEP / largest(here.gradient));
      direction = here.gradient.map((g) => -g * shrink);
    }
    const next = searchLine(evaluate, here, direction, farthestStep / largest(direction));
    if (!next) {
      if (inverse === null) break;
      inverse = null;
      continue;
    }
    const step = next.x.map((v, i) => v - here.x[i]!);
    const change = next.gradient.map((g, i) => g - here.gradient[i]!);
    const curvature = dot(step, change);
    if (curvature > 1e-14 * norm(step) * norm(change)) {
      inverse ??= scaledIdentity(n, curvature / dot(change, change));
      updateInverse(inverse, step, change, curvature);
    }
    here = next;
  }
  return { ...here, iterations };
}

interface Point {
  x: number[];
  value: number;
  gradient: number[];
}

function pointAt(evaluate: SmoothProblem['evaluate'], x: number[]): Point {
  const gradient = new Array<number>(x.length).fill(0);
  return { x, value: evaluate(x, gradient), gradient };
}

/** Bisects, or doubles while nothing bounds it, to a step that satisfies Wolfe's conditions; undefined when none is found. */
function searchLine(
  evaluate: SmoothProblem['evaluate'],
  from: Point,
  direction: number[],
  longest: number,
): Point | undefined {
  const slope = dot(direction, from.gradient);
  const noise = NOISE * Math.abs(from.value);
  let tooShort = 0;
  let tooLong = Number.POSITIVE_INFINITY;
  let length = Math.min(1, longest);
  let best: Point | undefined;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const to = pointAt(
      evaluate,
      from.x.map((v, i) => v + length * direction[i]!),
    );
    const slopeThere = dot(direction, to.gradient);
    const falls =
      to.value <= from.value + LEAST_FALL * length * slope ||
      (to.value <= from.value + noise && Math.abs(slopeThere) < -slope);
    if (!falls || !to.gradient.every(Number.isFinite)) tooLong = length;
    else if (slopeThere >= MOST_SLOPE * slope || length === longest) return to;
    else {
      tooShort = length;
      best = to;
    }
    length = tooLong < Number.POSITIVE_INFINITY ? (tooShort + tooLong) / 2 : Math.min(2 * tooShort, longest);
  }
  return best;
}

/** H ← (I − s yᵀ/yᵀs) H (I − y sᵀ/yᵀs) + s sᵀ/yᵀs, Nocedal and Wright's 6.17. */
function updateInverse(inverse: number[][], step: number[], change: number[], curvature: number): void {
  const image = inverse.map((row) => dot(row, change));
  const factor = 1 + dot(change, image) / curvature;
  for (let i = 0; i < step.length; i++) {
    for (let j = 0; j < step.length; j++) {
      const cross = image[i]! * step[j]! + step[i]! * image[j]!;
      inverse[i]![j]! += (factor * step[i]! * step[j]! - cross) / curvature;
    }
  }
}

function scaledIdentity(n: number, scale: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? scale : 0)));
}

function dot(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}

const norm = (vector: readonly number[]): number => Math.sqrt(dot(vector, vector));

/** The largest component in size; NaN compares as not above any tolerance, which ends a search that cannot start. */
function largest(vector: readonly number[]): number {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  return most;
}
