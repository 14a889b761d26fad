import { minorDigits } from '../../../clv/convert';
import type { CrmRow } from '../../connector';
import { decimalOf, minus, textOf, times, withScale } from './decimal';

type Cell = CrmRow[string];

const isCurrency = (text: unknown): text is string => /^[A-Za-z]{3}$/.test(String(text));
const HUNDRED = { units: 100n, scale: 0 };

/**
 * What an order cost, of which somebody keeps the margin: the amount less the margin, exactly; by percent, rounded to the
 * currency's smallest unit. What is no number comes back as it is, for a complaint about it.
 */
export function costFromMargin(amount: Cell, margin: Cell, percent: Cell, currency: Cell): Cell {
  const given = margin ?? percent;
  if (given === null || given === undefined || given === '') return null;
  const whole = decimalOf(amount);
  const part = decimalOf(given);
  if (!part) return given;
  if (!whole) return null;
  if (given === margin) return textOf(minus(whole, part));
  const hundredfold = times(whole, minus(HUNDRED, part));
  const exact = { ...hundredfold, scale: hundredfold.scale + 2 };
  return textOf(isCurrency(currency) ? withScale(exact, minorDigits(currency.toUpperCase())) : exact);
}

/** A row of an order whose columns `margin` and `margin_percent` have become its cost; a cost that is told goes first. */
export function withCost({ margin, margin_percent, ...row }: CrmRow): CrmRow {
  const told = row.cost !== undefined && row.cost !== null && row.cost !== '';
  if (told || (margin === undefined && margin_percent === undefined)) return row;
  return { ...row, cost: costFromMargin(row.amount, margin, margin_percent, row.currency) };
}
