import type { SettingPath } from '../../../../server/src/settings/api-types';

/** What stands in a field: a text, or a list of texts. */
export type Typed = string | string[];

export type FieldKind =
  | 'choice'
  | 'switch'
  | 'number'
  | 'percent'
  /** Days; empty for ever. */
  | 'days-or-ever'
  | 'currency'
  | 'timezone'
  | 'day'
  /** A text for each line. */
  | 'lines'
  /** `USD = 0.92` in each line. */
  | 'rates'
  | 'names'
  /** Shares in per cent, or lower limits of bands. */
  | 'shares'
  | 'limits';

/** What may be left empty, for there is none. */
const MAY_BE_EMPTY: ReadonlySet<SettingPath> = new Set<SettingPath>([
  'targets.retention',
  'ranking.landmarkDate',
  'tracking.origins',
]);

const DECIMALS = 8;
const round = (value: number) => Number(value.toFixed(DECIMALS));

/** A number as it was typed, with a point or a comma; what is none stays text, which the server refuses. */
function numberOf(typed: string, factor = 1): number | string {
  const text = typed.trim().replace(',', '.');
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? round(value * factor) : typed;
}

const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `USD = 0.92` in each line; a line that says no rate has one that the server refuses. */
function ratesOf(typed: string): Record<string, number | string> {
  return Object.fromEntries(
    linesOf(typed).map((line) => {
      const [code = '', rate = ''] = line.split(/[=:\s]+/, 2);
      return [code.toUpperCase(), numberOf(rate)];
    }),
  );
}

/** What is sent for what stands in a field; null where it is empty and may be. */
export function sentOf(path: SettingPath, kind: FieldKind, typed: Typed): unknown {
  if (Array.isArray(typed)) {
    if (kind === 'names') return typed.map((name) => name.trim());
    return typed.map((one) => numberOf(one, kind === 'shares' ? 0.01 : 1));
  }
  if (typed.trim() === '' && MAY_BE_EMPTY.has(path)) return null;
  switch (kind) {
    case 'switch':
      return typed === 'true';
    case 'number':
      return numberOf(typed);
    case 'percent':
      return numberOf(typed, 0.01);
    case 'days-or-ever':
      return typed.trim() === '' ? false : numberOf(typed);
    case 'currency':
      return typed.trim().toUpperCase();
    case 'lines':
      return linesOf(typed);
    case 'rates':
      return ratesOf(typed);
    default:
      return typed.trim();
  }
}

const written = (value: unknown, factor = 1) =>
  typeof value === 'number' ? String(round(value * factor)) : String(value ?? '');

/** What stands in the field of a value. */
export function typedOf(kind: FieldKind, value: unknown): Typed {
  switch (kind) {
    case 'percent':
      return written(value, 100);
    case 'days-or-ever':
      return value === false ? '' : written(value);
    case 'lines':
      return ((value as string[] | null) ?? []).join('\n');
    case 'rates':
      return Object.entries((value as Record<string, number> | null) ?? {})
        .map(([code, rate]) => `${code} = ${rate}`)
        .join('\n');
    case 'names':
      return (value as string[] | null) ?? [];
    case 'shares':
      return ((value as number[] | null) ?? []).map((share) => written(share, 100));
    case 'limits':
      return ((value as number[] | null) ?? []).map((limit) => written(limit));
    default:
      return written(value);
  }
}
