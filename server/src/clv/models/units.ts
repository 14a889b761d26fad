/** The unit of time in which histories, horizons and rates are told. */
export type TimeUnit = 'day' | 'week' | 'month';

const DAYS_PER_YEAR = 365.25;

/** Days in one unit; a month is a twelfth of 365.25 days, so that all months are alike. */
export const DAYS_PER: Record<TimeUnit, number> = { day: 1, week: 7, month: DAYS_PER_YEAR / 12 };

/** Units in a year of 365.25 days: 52.18 weeks, for instance. */
export const unitsPerYear = (unit: TimeUnit): number => DAYS_PER_YEAR / DAYS_PER[unit];

/**
 * The continuous discount rate per unit that a yearly rate comes to: ln(1 + yearly) / units per year.
 *
 * @param yearly 0.1 when 110 in a year are worth 100 today; above −1
 */
export const ratePerUnit = (yearly: number, unit: TimeUnit): number =>
  Math.log1p(yearly) / unitsPerYear(unit);
