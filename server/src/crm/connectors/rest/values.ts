import { minorDigits } from '../../../clv/convert';
import type { CrmRow } from '../../connector';
import { decimalOf, textOf } from '../shared/decimal';
import type { Condition, TimeFormat } from './description';
import { valueAt } from './field-path';

type Cell = CrmRow[string];

const MONEY = new Set(['amount', 'cost', 'margin', 'mrr', 'acquisition_cost', 'service_cost_per_month']);
const TIMES = new Set(['ordered_at', 'deal_created_at', 'acquired_at', 'started_at', 'ended_at']);

/** A record's value as a cell. What is no text or number is handed on as text, for a complaint about it. */
export function cellAt(record: unknown, source: string): Cell {
  if (source.startsWith('=')) return source.slice(1);
  const value = valueAt(record, source);
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'number')
    return value;
  return JSON.stringify(value).slice(0, 200);
}

/** Times and amounts of a row as the CSV contract has them. What is no number stays as it is. */
export function converted(
  row: CrmRow,
  times: TimeFormat,
  amounts: 'major' | 'minor',
  currency: string,
): CrmRow {
  const digits =
    amounts === 'minor' && /^[A-Za-z]{3}$/.test(currency) ? minorDigits(currency.toUpperCase()) : 0;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (TIMES.has(column)) return [column, timeText(value, times)];
      const decimal = digits > 0 && MONEY.has(column) ? decimalOf(value) : null;
      return [column, decimal ? textOf({ ...decimal, scale: decimal.scale + digits }) : value];
    }),
  );
}

function timeText(value: Cell, format: TimeFormat): Cell {
  const at = epochOf(value, format);
  return format === 'iso' || at === null ? value : new Date(at).toISOString();
}

const LATEST = 8.64e15;

/** Epoch milliseconds of a value; null when it is none. */
export function epochOf(value: unknown, format: TimeFormat): number | null {
  if (value === null || value === undefined || value === '') return null;
  const at = format === 'iso' ? Date.parse(String(value)) : Number(value) * (format === 'unix' ? 1000 : 1);
  return Number.isFinite(at) && Math.abs(at) <= LATEST ? at : null;
}

/** A time as an API wants it. */
export function timeAs(at: number, format: TimeFormat): string | number {
  if (format === 'iso') return new Date(at).toISOString();
  return format === 'unix' ? Math.floor(at / 1000) : at;
}

export function holds(record: unknown, { field, equals }: Condition): boolean {
  const value = valueAt(record, field);
  return [equals].flat().some((wanted) => wanted === value || String(wanted) === String(value));
}

/** Whether a field says yes: something is there, and it is neither false nor zero. */
export function saysYes(value: unknown): boolean {
  return (
    value !== undefined && value !== null && !['', '0', 'false', 'no'].includes(String(value).toLowerCase())
  );
}

/**
 * A template with its `{name}`s filled in. A text that is nothing but one becomes the value itself, so that numbers stay
 * numbers and what is empty becomes null.
 */
export function filled(template: unknown, values: Record<string, string | number | null>): unknown {
  if (typeof template === 'string') {
    const whole = /^\{(\w+)\}$/.exec(template)?.[1];
    if (whole !== undefined) return values[whole] ?? null;
    return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }
  if (Array.isArray(template)) return template.map((each) => filled(each, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, filled(each, values)]));
}

/** A path with its `{name}`s filled in, each as one step of it. */
export const filledPath = (path: string, values: Record<string, string | number | null>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? '')));
