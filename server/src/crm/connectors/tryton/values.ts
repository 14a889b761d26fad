import { decimalOf, textOf } from '../shared/decimal';

/*
 * How values travel in Tryton's JSON-RPC: decimals and times are objects that say their class, so that nothing is lost.
 * Times are UTC, without saying so.
 */

/** A record as `search_read` gives it; `party.` holds what was asked of the record that `party` refers to. */
export type Row = { id: number } & Record<string, unknown>;

type Moment = { __class__: string } & Record<
  'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond',
  number
>;

export function moment(ms: number): Moment {
  const time = new Date(ms);
  return {
    __class__: 'datetime',
    year: time.getUTCFullYear(),
    month: time.getUTCMonth() + 1,
    day: time.getUTCDate(),
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
    second: time.getUTCSeconds(),
    microsecond: time.getUTCMilliseconds() * 1000,
  };
}

/** What a cell of a row says: text or a number; null when it is empty or neither. */
export function cell(value: unknown): string | number | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  const { __class__: type, decimal } = (value ?? {}) as { __class__?: string; decimal?: string };
  if (type === 'Decimal') return plain(String(decimal));
  if (type === 'date') return day(value as Moment);
  if (type === 'datetime') return time(value as Moment);
  return null;
}

/** The value of a property: a field (`state`) or one of the record it refers to (`warehouse.rec_name`). */
export function propertyOf(row: Row, property: string): string | number | null {
  const dot = property.indexOf('.');
  if (dot < 0) return cell(row[property]);
  const other = row[property.slice(0, dot + 1)] as Row | null | undefined;
  return other ? propertyOf(other, property.slice(dot + 1)) : null;
}

/** Python writes some decimals with an exponent, such as 0E-8 for a sum of nothing. */
function plain(text: string): string {
  const [digits = '', exponent] = text.split(/e/i);
  const decimal = decimalOf(digits);
  if (exponent === undefined || !decimal) return text;
  const scale = decimal.scale - Number(exponent);
  return textOf({ units: decimal.units * 10n ** BigInt(Math.max(0, -scale)), scale: Math.max(0, scale) });
}

const two = (value: number) => String(value).padStart(2, '0');

const day = ({ year, month, day: date }: Moment) =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;

const time = (at: Moment) => `${day(at)}T${two(at.hour)}:${two(at.minute)}:${two(at.second)}Z`;
