import { useMemo } from 'react';
import type { Estimate, Figure, NotEnough, Tile } from '../../server/src/clv/api-types';
import { type Formats, useFormats } from './format';
import { type MessageId, type Text, useText } from './text';

export type Unit = Tile['unit'];

export const isEstimate = (figure: Figure | null): figure is Estimate => figure !== null && 'value' in figure;

/** The value of a figure, or null where there is too little data for one. */
export const knownValue = (figure: Figure | null): number | null =>
  isEstimate(figure) ? figure.value : null;

const NOT_ENOUGH: Record<NotEnough['of'], MessageId> = {
  customers: 'clv.not-enough.customers',
  orders: 'clv.not-enough.orders',
  months: 'clv.not-enough.months',
  subscriptions: 'clv.not-enough.subscriptions',
  answers: 'clv.not-enough.answers',
  costs: 'clv.not-enough.costs',
  people: 'clv.not-enough.people',
};

const DAYS_PER_MONTH = 365.25 / 12;

/** "0.1 months" is three days, and so it is said. */
const isBrief = (months: number | null): months is number => months !== null && Math.abs(months) < 1;

/** How figures of each unit are written; amounts are of the report's currency. */
export function figureWords(text: Text, format: Formats, currency: string) {
  function write(value: number | null, unit: Unit, beside?: number): string {
    switch (unit) {
      case 'money':
        return format.money(value, currency, beside);
      case 'ratio':
        return format.ratio(value);
      case 'share':
        return format.percent(value);
      case 'days':
        return format.duration(value, 'day');
      case 'months':
        return isBrief(value)
          ? format.duration(value * DAYS_PER_MONTH, 'day')
          : format.duration(value, 'month');
      case 'score':
        return format.score(value);
      case 'count':
        // Orders a month are counted too, and are seldom whole.
        return value === null || Number.isInteger(value) ? format.integer(value) : format.score(value);
    }
  }
  const notEnough = ({ has, needs, of }: NotEnough) => text(NOT_ENOUGH[of], { has, needs });
  /** An end of an interval: its figure stands beside it and has the unit. */
  const writeEnd = (value: number, unit: Unit, beside: number) => {
    if (unit === 'months' && isBrief(beside)) return format.tenths(value * DAYS_PER_MONTH, 0);
    return unit === 'days' || unit === 'months' || unit === 'ratio'
      ? format.tenths(value, unit === 'days' || Math.abs(beside) >= 100 ? 0 : 1)
      : write(value, unit, beside);
  };
  const interval = ({ value, low, high }: Estimate, unit: Unit) =>
    low === null || high === null
      ? undefined
      : text('clv.interval', { low: writeEnd(low, unit, value), high: writeEnd(high, unit, value) });
  return {
    write,
    notEnough,
    /** "2.9 to 3.6"; undefined where a figure is exact. */
    interval,
    /** The figure, or what there is too little of. */
    figure: (figure: Figure, unit: Unit) =>
      isEstimate(figure) ? write(figure.value, unit) : notEnough(figure.notEnough),
    /** For cells of a table: the figure with its interval in one line. */
    cell: (figure: Figure | null, unit: Unit) => {
      if (!isEstimate(figure)) return figure ? notEnough(figure.notEnough) : '–';
      const range = interval(figure, unit);
      return range ? `${write(figure.value, unit)} (${range})` : write(figure.value, unit);
    },
  };
}

export type FigureWords = ReturnType<typeof figureWords>;

export function useFigureWords(currency: string): FigureWords {
  const text = useText();
  const format = useFormats();
  return useMemo(() => figureWords(text, format, currency), [text, format, currency]);
}
