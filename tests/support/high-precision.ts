/*
 * Arithmetic with 160 binary digits after the point on integers of any size: slow, simple, and without any of the tricks that
 * floating point needs. Figures of the models are checked against it.
 */

const BITS = 160;
const SHIFT = BigInt(BITS);

/** A number times 2¹⁶⁰. */
export type Fixed = bigint;

export const ONE: Fixed = 1n << SHIFT;

/** Exactly the given double. */
export function fixed(value: number): Fixed {
  let scaled = value;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return (BigInt(scaled) << SHIFT) >> BigInt(shift);
}

export const times = (a: Fixed, b: Fixed): Fixed => (a * b) >> SHIFT;
export const over = (a: Fixed, b: Fixed): Fixed => (a << SHIFT) / b;

/** The nearest double or one beside it. */
export function toNumber(value: Fixed): number {
  const extra = Math.max(0, digitsOf(value) - 1000);
  return (Number(value >> BigInt(extra)) / 2 ** BITS) * 2 ** extra;
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

/** 2 artanh((m − 1) / (m + 1)) for m from 1 to 2, and so many ln 2 more. */
export function ln(value: Fixed): Fixed {
  if (value <= 0n) throw new RangeError('no logarithm of a number that is not above zero');
  let power = digitsOf(value) - BITS - 1;
  let m = power >= 0 ? value >> BigInt(power) : value << BigInt(-power);
  for (; m < ONE; power--) m <<= 1n;
  for (; m >= 2n * ONE; power++) m >>= 1n;
  return twiceArtanh(over(m - ONE, m + ONE)) + BigInt(power) * LN_2;
}

function twiceArtanh(y: Fixed): Fixed {
  const square = times(y, y);
  let power = y;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN_2 = twiceArtanh(ONE / 3n);

/** Taylor's series after taking out whole powers of 2 and 8 halvings. */
export function exp(value: Fixed): Fixed {
  const power = value / LN_2;
  const rest = (value - power * LN_2) >> 8n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = times(term, rest) / n;
    if (term === -1n) break;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = times(sum, sum);
  return power >= 0n ? sum << power : sum >> -power;
}

/** ln Π factors, however large or small the product. */
export function lnProduct(factors: Iterable<Fixed>): Fixed {
  let product = ONE;
  let power = 0n;
  for (const factor of factors) {
    product = times(product, factor);
    while (product < ONE >> 40n) {
      product <<= 60n;
      power -= 60n;
    }
    while (product > ONE << 200n) {
      product >>= 200n;
      power += 200n;
    }
  }
  return ln(product) + power * LN_2;
}
