/**
 * Unit-days at which always-valid intervals are tightest; at a tenth and at a thousand times of it they are a quarter wider.
 */
const TIGHTEST_AT = 50_000;

/** The mixture's scale that makes the boundary least at a clock of 1 (S. Howard et al., Annals of Statistics 49, 2021, eq. 3.6). */
const scaleOf = (alpha: number): number => {
  const log = -2 * Math.log(alpha);
  return 1 / (log + Math.log(log + 1));
};

/**
 * How many standard errors an interval must reach to hold the truth at every look at once: H. Robbins' normal mixture (Annals
 * of Mathematical Statistics 41, 1970), valid for means of anything by the time-uniform central limit theorem (I.
 * Waudby-Smith, D. Arbour, R. Sinha, E. Kennedy and A. Ramdas, Annals of Statistics 52, 2024).
 *
 * Its clock is the days that all units have spent in the experiment. What a unit is worth grows while it is in, so a clock of
 * units would stand still once everybody was met, and looks after that would be free. Unit-days depend on nothing that an arm
 * can change. Where units differ (some buy again and again) looks resemble each other more than this clock says, which
 * makes the intervals wider than need be (D. Slepian, Bell System Technical Journal 41, 1962).
 *
 * @returns about 3 to 4 at 5 %; Infinity without any days
 */
export function alwaysValidReach(unitDays: number, alpha: number): number {
  const clock = unitDays / TIGHTEST_AT / scaleOf(alpha);
  return Math.sqrt((1 + 1 / clock) * (Math.log1p(clock) - 2 * Math.log(alpha)));
}

/**
 * The least alpha at which an always-valid interval leaves out zero: a p-value for any moment of looking (R. Johari, P. Koomen,
 * L. Pekelis and D. Walsh, Operations Research 70, 2022).
 *
 * @param z estimate over its standard error
 * @param alpha that of the design, by which the boundary is tuned
 */
export function alwaysValidP(z: number, unitDays: number, alpha: number): number {
  const clock = unitDays / TIGHTEST_AT / scaleOf(alpha);
  if (!(clock > 0)) return 1;
  return Math.min(1, Math.exp((Math.log1p(clock) - z ** 2 / (1 + 1 / clock)) / 2));
}
