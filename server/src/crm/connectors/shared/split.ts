import { minorDigits } from '../../../clv/convert';
import type { CrmRow } from '../../connector';
import { decimalOf, textOf, withScale } from './decimal';

type Cell = CrmRow[string];

/**
 * Parts of an amount that are as equal as the currency's smallest unit lets them be and add up to it exactly; the first
 * ones take what is left over. What cannot be divided (no number, finer than the smallest unit) stands in every part as
 * it is, for a complaint about it.
 */
export function splitEqually(amount: Cell, parts: number, currency: Cell): Cell[] {
  const whole = decimalOf(amount);
  if (parts === 1 || !whole || !/^[A-Za-z]{3}$/.test(String(currency))) return Array(parts).fill(amount);
  const scale = minorDigits(String(currency).toUpperCase());
  const { units } = withScale(whole, scale);
  if (withScale({ units, scale }, whole.scale).units !== whole.units) return Array(parts).fill(amount);
  const size = units < 0n ? -units : units;
  const count = BigInt(parts);
  return Array.from({ length: parts }, (_, i) => {
    const share = size / count + (BigInt(i) < size % count ? 1n : 0n);
    return textOf({ units: units < 0n ? -share : share, scale });
  });
}
