import { z } from 'zod';
import { startOfDayIn } from '../../clv/start-of-day';
import { BadField, quoted } from '../csv/bad-field';
import { parseMoney } from '../csv/parse-money';
import { parseTime } from '../csv/parse-time';
import type { Rules } from './rules';

/*
 * The fields of a row, for zod. Each takes text or a number and gives what is stored. Nothing said (undefined) stays
 * undefined; null and empty text become null. A message follows the field's name: "amount" + " is not a number: …".
 */

const KEY_LENGTH = 191;
const LABEL_LENGTH = 64;
const NAME_LENGTH = 128;
const DAY = 86_400_000;

type Reader<T> = (text: string) => T;

/** A spreadsheet's guard before = + - @, as our own error files write it (`import/errors-csv.ts`). */
const GUARD = /^'(?=[=+\-@])/;

const cell = z
  .union([z.string(), z.number()], { error: 'is neither text nor a number' })
  .nullish()
  .transform((value) => {
    if (value === undefined || value === null) return value;
    return String(value).trim().replace(GUARD, '') || null;
  });

/** Lets one of the CSV readers read; what it refuses becomes an issue. */
function attempt<T>(read: Reader<T>, text: string, context: z.core.$RefinementCtx): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    context.addIssue({ code: 'custom', message: error.reason });
    return z.NEVER;
  }
}

/** A field that may be missing. */
export const optional = <T>(read: Reader<T>) =>
  cell.transform((text, context) => (text ? attempt(read, text, context) : (text as null | undefined)));

/** A field that must be there; `why` says what to do when it is not. */
export const needed = <T>(why: string, read: Reader<T>) =>
  cell.transform((text, context) => {
    if (text) return attempt(read, text, context);
    context.addIssue({ code: 'custom', message: `is empty; ${why}` });
    return z.NEVER;
  });

const refuse = (reason: string): never => {
  throw new BadField('', reason);
};

/** Text of one line that every database takes as it is. */
function textUpTo(length: number): Reader<string> {
  return (text) => {
    if (text.length > length)
      return refuse(`is longer than ${length} characters: ${quoted(text)}; shorten it`);
    if (/[\p{Cc}\p{Cs}]/u.test(text)) return refuse('holds a control character; remove it');
    if (text.includes('\uFFFD')) {
      return refuse(`is not in UTF-8: ${quoted(text)}; save the file as "CSV UTF-8"`);
    }
    return text;
  };
}

export const key = textUpTo(KEY_LENGTH);
export const label = textUpTo(LABEL_LENGTH);
export const name = textUpTo(NAME_LENGTH);

/** An amount in a currency; without one (it was not readable) amounts are not judged. */
export const money =
  (currency: string | null): Reader<number> =>
  (text) =>
    currency === null ? 0 : parseMoney(text, currency);

/** An amount that is never negative; `what` names it in the plural. */
export const unsigned =
  (currency: string | null, what: string): Reader<number> =>
  (text) => {
    const amount = money(currency)(text);
    return amount < 0 ? refuse(`is negative: ${quoted(text)}; write ${what} as positive amounts`) : amount;
  };

/** A cost that is stated as such. */
export const cost = (currency: string | null): Reader<number> => unsigned(currency, 'costs');

/** A decimal number within bounds; `whole` refuses one with decimals. */
export function numberWithin(least: number, most: number, whole: boolean): Reader<number> {
  const pattern = whole ? /^\d{1,6}$/ : /^\d{1,6}(\.\d{1,6})?$/;
  const kind = whole ? 'a whole number' : 'a number';
  return (text) => {
    const value = Number(text);
    if (pattern.test(text) && value >= least && value <= most) return value;
    return refuse(`is not ${kind} from ${least} to ${most}: ${quoted(text)}; correct it or leave it empty`);
  };
}

/** A calendar month, `2026-01`, not before 1970 and not to come. */
export function month({ now }: Pick<Rules, 'now'>): Reader<string> {
  return (text) => {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
      return refuse(`is not a month: ${quoted(text)}; write it like 2026-01`);
    }
    if (text < '1970-01') return refuse(`is before 1970: ${quoted(text)}; correct the year`);
    if (Date.parse(`${text}-01`) > now() + 2 * DAY) {
      return refuse(`is in the future: ${quoted(text)}; correct the month`);
    }
    return text;
  };
}

/** A date or a date and time, between 1970 and the day after tomorrow. A bare date begins in the report's time zone. */
export function time({ timezone, now }: Pick<Rules, 'timezone' | 'now'>): Reader<number> {
  const read = anyTime({ timezone });
  return (text) => {
    const at = read(text);
    if (at > now() + 2 * DAY) return refuse(`is in the future: ${quoted(text)}; correct the date`);
    return at;
  };
}

/** The same for what may be to come, such as the end of a contract. */
export function anyTime({ timezone }: Pick<Rules, 'timezone'>): Reader<number> {
  const startOfDay = startOfDayIn(timezone);
  return (text) => {
    const at = parseTime(text, '', startOfDay);
    return at < 0 ? refuse(`is before 1970: ${quoted(text)}; correct the year`) : at;
  };
}
