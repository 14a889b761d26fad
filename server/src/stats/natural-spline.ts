/**
 * Where the knots lie: the outer ones further out than for curves to look at (F. Harrell, "Regression Modeling
 * Strategies", 2001, table 2.3), for beyond them a bend is missed.
 */
const KNOTS_AT = [0.02, 0.26, 0.5, 0.74, 0.98];

/**
 * The columns by which a regression follows a smooth curve of one variable that is straight beyond its outer knots: a
 * natural cubic spline in Harrell's form ("Regression Modeling Strategies", 2001, equation 2.25).
 *
 * @returns the values themselves, and one column less than there are inner knots; the values alone when they take too
 *   few values for a curve (yes or no, say)
 */
export function naturalSpline(values: Float64Array): Float64Array[] {
  const knots = knotsOf(values);
  if (knots.length < 3) return [values];
  const last = knots.at(-1)!;
  const beforeLast = knots.at(-2)!;
  const scale = (last - knots[0]!) ** 2;
  const curves = knots.slice(0, -2).map((knot) =>
    values.map((x) => {
      const bend = cube(x - beforeLast) * (last - knot) - cube(x - last) * (beforeLast - knot);
      return (cube(x - knot) - bend / (last - beforeLast)) / scale;
    }),
  );
  return [values, ...curves];
}

const cube = (x: number): number => (x > 0 ? x * x * x : 0);

/** The quantiles at which the knots lie; those that fall together count once. */
function knotsOf(values: Float64Array): number[] {
  const sorted = Float64Array.from(values).sort();
  return [...new Set(KNOTS_AT.map((share) => sorted[Math.round(share * (sorted.length - 1))]!))];
}
