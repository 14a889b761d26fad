import type { Changing, CustomFields } from './payloads';

/** Custom fields have a random code in place of a name. */
export const isCustom = (name: string): boolean => /^[0-9a-f]{40}$/.test(name);

type Cell = string | null;

/** A property of a person or a deal as a cell of a row: null when it is empty. */
export const cellOf = (record: Changing & { custom_fields?: CustomFields }, name: string): Cell =>
  text(propertyOf(record, name));

/** The currency of a monetary field; null of any other. */
export function currencyOf(record: Changing & { custom_fields?: CustomFields }, name: string): Cell {
  const value = propertyOf(record, name);
  const currency = typeof value === 'object' && value !== null && 'currency' in value ? value.currency : null;
  return typeof currency === 'string' ? currency : null;
}

function propertyOf(record: Changing & { custom_fields?: CustomFields }, name: string): unknown {
  return isCustom(name) ? record.custom_fields?.[name] : (record as Record<string, unknown>)[name];
}

/** A number without the tail of a binary fraction: 15 digits are what a double holds for certain. */
const plain = (value: number): string => String(Number(value.toPrecision(15)));

function text(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return plain(value);
  if (Array.isArray(value)) return ofList(value);
  if (typeof value !== 'object') return String(value);
  // An option has a label, an amount or an address a value.
  const { label, value: inner } = value as { label?: unknown; value?: unknown };
  return text(inner ?? label);
}

/** Of emails and phones the primary one, of options all. */
function ofList(items: unknown[]): Cell {
  const primary = items.find((item) => (item as { primary?: unknown } | null)?.primary === true);
  if (primary !== undefined) return text(primary);
  const isContact = items.some((item) => typeof item === 'object' && item !== null && 'primary' in item);
  const texts = (isContact ? items.slice(0, 1) : items).map(text).filter((each) => each !== null);
  return texts.join(', ') || null;
}
