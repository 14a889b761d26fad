/**
 * Writes minor units as a decimal number, the reverse of `parseMoney`: -1250 with 2 digits is `-12.50`.
 *
 * @param minor a whole number
 * @param digits decimals of the currency
 */
export function formatMoney(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const split = text.length - digits;
  return `${minor < 0 ? '-' : ''}${text.slice(0, split)}${digits > 0 ? `.${text.slice(split)}` : ''}`;
}
