/** Where the knots lie: F. Harrell, "Regression Modeling Strategies", 2001, table 2.3 for four of them. */
const KNOTS_AT = [0.05, 0.35, 0.65, 0.95];

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
      const end =
        (cube(x - beforeLast) * (last - knot) - cube(x - last) * (beforeLast - knot)) / (last - beforeLast);
      return (cube(x - knot) - end) / scale;
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
