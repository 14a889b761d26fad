import { createHash } from 'node:crypto';
import type { Insight } from '../../../connector';
import { INSIGHT_FIELDS, type InsightField } from '../../../insight-fields';
import type { Allowed } from './consent';

export type Values = Insight['values'];

/** Whatever a CRM has of us is emptied. */
export const NOTHING: Values = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Values;

/**
 * What goes out of a person's values, as text that is the same for the same values; null when nothing does.
 *
 * @param fields those that are pushed; the others are empty
 */
export function payloadOf(values: Values, fields: readonly InsightField[], allowed: Allowed): string | null {
  if (!allowed.value) return null;
  const chosen = INSIGHT_FIELDS.map(({ name, reading }) => {
    const told = fields.includes(name) && (allowed.reading || !reading);
    return [name, told ? values[name] : null] as const;
  });
  return chosen.every(([, value]) => value === null) ? null : JSON.stringify(Object.fromEntries(chosen));
}

/** Values as they are sent. */
export const valuesIn = (payload: string | null): Values =>
  payload === null ? NOTHING : { ...NOTHING, ...JSON.parse(payload) };

/** SHA-256, in hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
