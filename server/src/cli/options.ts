import { InvalidArgumentError } from 'commander';
import { dayName, dayNumber } from '../clv/models/local-days';

/** Parses an option that is a whole number within bounds; commander adds the option's name to the error. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Parses an option that is a decimal number for which `accepts` holds. */
export function decimal(accepts: (value: number) => boolean, what: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || !accepts(value)) {
      throw new InvalidArgumentError(`It must be a number ${what}.`);
    }
    return value;
  };
}

/** Parses a day written `2026-01-31`. */
export function calendarDay(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(dayNumber(text)) || dayName(dayNumber(text)) !== text) {
    throw new InvalidArgumentError('It must be an existing day such as 2026-01-31.');
  }
  return text;
}

/** Parses the name of a time zone. */
export function timezone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('It must be an IANA time zone, such as Europe/Rome.');
  }
}
