import { minorDigits } from '../../clv/convert';
import { BadField, quoted } from './bad-field';

/**
 * The largest amount, in minor units: 100 billion EUR. A database adds up 900,000 such amounts before its 64-bit
 * integers run over, which one slip of the keyboard could make happen to everyone's reports otherwise.
 */
export const MAX_AMOUNT = 1e13;

/**
 * Reads an amount in major units, such as `12.5`, as an integer of the currency's minor units, without a float on the
 * way: 1250 for EUR, and never 1249.
 *
 * @throws BadField when it is not a plain decimal number, is finer than the currency's smallest unit, or beyond MAX_AMOUNT
 */
export function parseMoney(text: string, currency: string, field = 'amount'): number {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || (whole === '' && fraction === '')) {
    const reason = text === '' ? 'is empty' : `is not a number: ${quoted(text)}`;
    throw new BadField(
      field,
      `${reason}; write it like 1234.50, with a point and without thousands separators`,
    );
  }
  const digits = minorDigits(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new BadField(
      field,
      `has ${fraction.length} decimals, but ${currency} has ${digits}: ${quoted(text)}`,
    );
  }
  const minor = Number(whole + kept);
  if (minor > MAX_AMOUNT) {
    const most = MAX_AMOUNT / 10 ** digits;
    throw new BadField(field, `is too large: ${quoted(text)}; no amount may be beyond ${most} ${currency}`);
  }
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/**
 * Reads an ISO 4217 code, in capitals or not.
 *
 * @throws BadField when it is not three letters
 */
export function parseCurrency(text: string, field = 'currency'): string {
  if (!/^[A-Za-z]{3}$/.test(text)) {
    const reason = text === '' ? 'is empty' : `is not a currency code: ${quoted(text)}`;
    throw new BadField(field, `${reason}; write it like EUR`);
  }
  return text.toUpperCase();
}
