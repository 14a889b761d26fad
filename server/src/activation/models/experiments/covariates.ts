/** What is known of a unit from before it met the experiment, and for how long it has been in. */
export interface UnitPast {
  /** Worth of the orders in the year before. */
  before: Float64Array;
  /** How many orders that were. */
  ordersBefore: Float64Array;
  /** Days from the last of them to the meeting; Infinity without one. */
  sinceLast: Float64Array;
  /** Days since the meeting. */
  daysIn: Float64Array;
}

const YEAR = 365;
/** Days after which an order says about half as much of what comes next. */
const MONTH = 30;

/**
 * What adjustment goes by: how long units have been in, what their past rate of buying would have brought meanwhile, and
 * what, how often and how lately they bought before. All of it stood before an arm could change anything.
 */
export function covariatesOf({ before, ordersBefore, sinceLast, daysIn }: UnitPast): Float64Array[] {
  return [
    daysIn,
    before.map((value, i) => (value * daysIn[i]!) / YEAR),
    before.map((value) => Math.sign(value) * Math.log1p(Math.abs(value))),
    ordersBefore.map((orders) => Math.log1p(orders)),
    sinceLast.map((days) => 1 / (1 + days / MONTH)),
  ];
}
