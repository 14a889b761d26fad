/** The report's currency, and what one unit of another currency is worth in it. */
export interface Rates {
  currency: string;
  rates: Record<string, number>;
}

/** Turns minor units of a currency into minor units of the report's currency. */
export type Convert = (amount: number, currency: string) => number;

const digits = new Map<string, number>();

/** How many decimals a currency's minor unit has by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let found = digits.get(currency);
  if (found === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, found);
  }
  return found;
}

/** Rounds to the nearest integer, ties to the even one, so that many roundings do not drift upwards. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return (up ? below + 1 : below) || 0; // never -0
}

/** A rate as it was written, in decimal: 0.92 is 92 / 10^2. */
function decimalOf(rate: number): { digits: bigint; scale: number } {
  const [mantissa, exponent = '0'] = String(rate).split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

/** amount * numerator / 10^power, ties to even, without the error of a binary fraction. */
function scaled(amount: number, numerator: bigint, power: number): number {
  const product = BigInt(amount) * numerator;
  if (power <= 0) return Number(product * 10n ** BigInt(-power));
  const divisor = 10n ** BigInt(power);
  const size = product < 0n ? -product : product;
  const below = size / divisor;
  const twice = (size % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && below % 2n === 1n);
  const rounded = Number(up ? below + 1n : below);
  return product < 0n && rounded !== 0 ? -rounded : rounded;
}

/**
 * A converter by stated rates. An amount in the report's currency stays as it is; any other is multiplied by its rate
 * exactly as written and rounded once, half to even. Convert sums, not single orders, so that rounding stays small.
 *
 * @throws when a currency has no rate, naming the setting to add
 */
export function converter({ currency: report, rates }: Rates): Convert {
  const target = minorDigits(report);
  const known = new Map(Object.entries(rates).map(([code, rate]) => [code, decimalOf(rate)]));
  return (amount, currency) => {
    if (currency === report || amount === 0) return amount;
    const rate = known.get(currency);
    if (!rate) {
      throw new Error(
        `There is no rate for ${currency}. Add what 1 ${currency} is worth in ${report} under clv.config.value.rates.${currency}.`,
      );
    }
    return scaled(amount, rate.digits, rate.scale + minorDigits(currency) - target);
  };
}
