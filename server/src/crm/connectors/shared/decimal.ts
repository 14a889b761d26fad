/** A number as it is written in decimal, `units` / 10^`scale`: money never passes through a float on its way. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** @returns null for what is no plain decimal number */
export function decimalOf(value: unknown): Decimal | null {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(String(value ?? ''));
  const digits = match && (match[2] ?? '') + (match[3] ?? '');
  if (!digits) return null;
  return { units: BigInt(`${match[1] === '-' ? '-' : ''}${digits}`), scale: (match[3] ?? '').length };
}

export function textOf({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return units < 0n ? `-${text}` : text;
}

/** The same number with another count of decimals; fewer round to the nearest, ties to the even one. */
export function withScale({ units, scale }: Decimal, wanted: number): Decimal {
  if (wanted >= scale) return { units: units * 10n ** BigInt(wanted - scale), scale: wanted };
  const unit = 10n ** BigInt(scale - wanted);
  const size = units < 0n ? -units : units;
  const whole = size / unit;
  const twice = (size % unit) * 2n;
  const rounded = twice > unit || (twice === unit && whole % 2n === 1n) ? whole + 1n : whole;
  return { units: units < 0n ? -rounded : rounded, scale: wanted };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: withScale(a, scale).units - withScale(b, scale).units, scale };
}

export const times = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});
