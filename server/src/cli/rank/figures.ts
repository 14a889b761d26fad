/** How figures stand in the tables of `clv rank`; what there is not is a dash. */

/** With a true minus sign, and a plus where asked for; nothing that is rounded to 0 has a sign. */
export function decimal(value: number | null, digits: number, withSign = false): string {
  if (value === null) return '–';
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  if (value < 0) return `−${text}`;
  return withSign ? `+${text}` : text;
}

/** A difference of mean log(1 + value) as the share by which 1 + value differs; ten times and more as a multiple. */
export function share(difference: number | null): string {
  if (difference === null) return '–';
  const ratio = Math.expm1(difference);
  if (ratio >= 9.995) return `×${(1 + ratio).toFixed(0)}`;
  return `${decimal(100 * ratio, Math.abs(ratio) < 0.1 ? 1 : 0, true)} %`;
}

/** Two ends of an interval, where both are known. */
export function interval(
  low: number | null,
  high: number | null,
  written: (value: number) => string,
): string {
  return low === null || high === null ? '–' : `${written(low)} to ${written(high)}`;
}
