import type { DescribedField, SObject } from './api';

/** Reads a property, also one of a related record (`Account.Name`), as a row takes it. */
export type Reader = (record: SObject, property: string) => string | number | null;

/** Digits that a double always holds; what comes behind them is a remainder of binary fractions. */
const SURE_DIGITS = 15;

/** @param fields of the object: a number has the decimals of its field, whatever a formula made of it */
export function readerOf(fields: DescribedField[]): Reader {
  const scales = new Map(
    fields
      .filter(({ type }) => type === 'currency' || type === 'double')
      .map((field) => [field.name, field.scale]),
  );
  return (record, property) => {
    let value: unknown = record;
    for (const part of property.split('.')) value = (value as Record<string, unknown> | null)?.[part];
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return value;
    if (typeof value !== 'number') return null;
    const scale = scales.get(property);
    return Number(scale === undefined ? value.toPrecision(SURE_DIGITS) : value.toFixed(scale));
  };
}

export const hasField = (fields: DescribedField[], name: string): boolean =>
  fields.some((field) => field.name === name);
