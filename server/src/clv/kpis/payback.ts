import type { Figure } from '../api-types';
import { cacOf } from './acquisition';
import { NEEDED, notEnough, Z } from './figure';
import type { Spent } from './marketing';

/** Months that are followed; whoever has not paid back by then is said to be still waited for. */
export const PAYBACK_MONTHS = 60;

/**
 * What new customers leave (margin less cost to serve), month by month since they came, the month of the first order
 * being 0. A month is averaged over those who were seen through it, so that young customers do not stand for a future
 * that they have not had.
 */
export class PaybackCurve {
  private readonly n: number[] = [];
  private readonly gained: number[] = [];
  /** Of what each customer left up to the end of the month: sum and sum of squares. */
  private readonly sums: number[] = [];
  private readonly squares: number[] = [];

  /** Adds one customer. @param left by complete month since the first order */
  add(left: ArrayLike<number>): void {
    let soFar = 0;
    for (let month = 0; month < left.length; month++) {
      soFar += left[month]!;
      this.n[month] = (this.n[month] ?? 0) + 1;
      this.gained[month] = (this.gained[month] ?? 0) + left[month]!;
      this.sums[month] = (this.sums[month] ?? 0) + soFar;
      this.squares[month] = (this.squares[month] ?? 0) + soFar * soFar;
    }
  }

  /**
   * Months until what a new customer leaves on average has paid for their acquisition, within the month by a straight
   * line. The interval holds the months in which that cannot be denied: those between where the upper and where the lower
   * limit of the average reach the cost; open above when the lower one has not yet.
   */
  payback(spent: Spent): Figure {
    const cac = cacOf(spent);
    if (!('value' in cac)) return cac;
    const customers = this.n[0] ?? 0;
    if (customers < NEEDED) return notEnough('customers', customers, NEEDED);
    const last = this.n.findLastIndex((n) => n >= NEEDED);
    const value = this.reached(cac.value, last, 0);
    if (value === null) return notEnough('months', last + 1, last + 2);
    const low = this.reached(cac.value, last, Z) ?? value;
    return { value, low, high: this.reached(cac.value, last, -Z), n: customers };
  }

  /** When the average, so many standard errors higher, reaches an amount; null when it has not yet. */
  private reached(amount: number, last: number, errors: number): number | null {
    let mean = 0;
    let before = 0;
    for (let month = 0; month <= last; month++) {
      const n = this.n[month]!;
      mean += this.gained[month]! / n;
      const variance = Math.max(0, (this.squares[month]! - this.sums[month]! ** 2 / n) / (n - 1));
      const here = mean + errors * Math.sqrt(variance / n);
      if (here >= amount) {
        const share = here > before ? (amount - before) / (here - before) : 0;
        return month + Math.min(1, Math.max(0, share));
      }
      before = here;
    }
    return null;
  }
}
