import { createHash } from 'node:crypto';
import type { Insight } from '../../../connector';
import { fieldsFor, INSIGHT_FIELDS, type InsightField, type InsightFieldInfo } from '../../../insight-fields';
import type { Allowed } from './consent';

export type Values = Insight['values'];

/** Whatever a CRM has of us is emptied. */
export const NOTHING = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Values;

/**
 * What goes out of a person's values, as text that is the same for the same values; null when nothing does.
 *
 * @param fields those that are pushed; the others are empty
 * @param later those beside them that the CRM has, though they came later
 */
export function payloadOf(
  values: Values,
  fields: readonly InsightField[],
  allowed: Allowed,
  later: readonly InsightField[] = [],
): string | null {
  if (!allowed.value) return null;
  const chosen = fieldsFor([...fields, ...later]).map(({ name, reading }) => {
    const told = fields.includes(name) && (allowed.reading || !reading);
    return [name, told ? (values[name] ?? null) : null] as const;
  });
  return chosen.every(([, value]) => value === null) ? null : JSON.stringify(Object.fromEntries(chosen));
}

/** Values as they are sent. @param fields those that the CRM has */
export function valuesIn(
  payload: string | null,
  fields: readonly InsightFieldInfo[] = INSIGHT_FIELDS,
): Values {
  const values: Partial<Values> = payload === null ? {} : JSON.parse(payload);
  return Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? null])) as Values;
}

/** SHA-256, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
