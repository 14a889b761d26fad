import { BadField, quoted } from './bad-field';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * Reads an ISO 8601 date or date and time as UTC epoch milliseconds. A time without an offset is in UTC.
 *
 * @param startOfDay when a bare date begins (see `startOfDayIn`); at its midnight in UTC unless told
 * @throws BadField when it is something else, or a date that no calendar has
 */
export function parseTime(text: string, field: string, startOfDay?: (day: string) => number): number {
  const match = ISO.exec(text);
  if (!match) {
    const reason = text === '' ? 'is empty' : `is not a date: ${quoted(text)}`;
    throw new BadField(field, `${reason}; write it like 2026-01-31 or 2026-01-31T09:30:00Z`);
  }
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const time = Date.UTC(year!, month! - 1, day!, hour, minute, second, millisecond);
  const read = new Date(time);
  const exists =
    read.getUTCMonth() === month! - 1 &&
    read.getUTCDate() === day! &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    year! >= 1000;
  if (!exists) throw new BadField(field, `is a date or time that does not exist: ${quoted(text)}`);
  const isBareDate = match[4] === undefined;
  if (isBareDate && startOfDay) return startOfDay(text);
  return time - offsetOf(match[8], text, field);
}

/** Milliseconds that the local time is ahead of UTC. */
function offsetOf(zone: string | undefined, text: string, field: string): number {
  if (!zone || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 14 || minutes > 59) {
    throw new BadField(field, `has a time zone that does not exist: ${quoted(text)}`);
  }
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
