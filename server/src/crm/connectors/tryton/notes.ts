import type { Insight, Note } from '../../connector';
import { INSIGHT_FIELDS, type InsightFieldInfo } from '../../insight-fields';
import type { Tryton } from './rpc';

/*
 * Notes of parties that are ours. Each ends with a mark that no other note has, so it is found again, also when the
 * answer to its creation was lost, and whatever somebody added above.
 */

const MODEL = 'ir.note';
const RESOURCE = 'party.party,';

/** The mark of the note with the numbers, and of one in the time line. */
export const NUMBERS = '[clv]';
export const markOf = (key: string): string => `[clv:${key}]`;

export interface Found {
  id: number;
  message: string;
}

/** Our notes by party, the oldest first. @param mark a pattern of LIKE */
export async function notesOf(
  tryton: Tryton,
  parties: string[],
  mark: string,
): Promise<Map<string, Found[]>> {
  const resources = parties.map((id) => `${RESOURCE}${id}`);
  const domain = [
    ['resource', 'in', resources],
    ['message', 'like', `%${mark}%`],
  ];
  const byParty = new Map<string, Found[]>(parties.map((id) => [id, []]));
  for (const { id, resource, message } of await tryton.records(MODEL, domain, ['resource', 'message'])) {
    byParty.get(String(resource).slice(RESOURCE.length))?.push({ id, message: String(message) });
  }
  return byParty;
}

/** What is to become of notes; each kind goes in one call. */
export interface Changes {
  create: { party: string; message: string }[];
  write: Found[];
  remove: number[];
}

export async function change(tryton: Tryton, { create, write, remove }: Changes): Promise<void> {
  if (remove.length > 0) await tryton.change(`model.${MODEL}.delete`, remove, {});
  if (write.length > 0) {
    const pairs = write.flatMap(({ id, message }) => [[id], { message }]);
    await tryton.change(`model.${MODEL}.write`, ...pairs, {});
  }
  if (create.length > 0) {
    const values = create.map(({ party, message }) => ({ resource: `${RESOURCE}${party}`, message }));
    await tryton.change(`model.${MODEL}.create`, values, {});
  }
}

/** The numbers as people read them, without the tier, which is a category; null when there are none. */
export function numbersOf({ values }: Insight, currency: string): string | null {
  const lines = INSIGHT_FIELDS.flatMap((field) => {
    const value = field.name === 'tier' ? null : values[field.name];
    if (value === null || value === undefined) return [];
    return [`${field.label.replace(/^CLV: /, '')}: ${written(value, field, currency)}`];
  });
  return lines.length === 0 ? null : ['CLV', ...lines, NUMBERS].join('\n');
}

function written(value: string | number, { type }: InsightFieldInfo, currency: string): string {
  if (type === 'money') return `${value} ${currency}`;
  if (type === 'date') return dayOf(Number(value));
  return oneLine(String(value));
}

/** @returns the text of a note in the time line */
export const messageOf = ({ key, at, title, text }: Note): string =>
  [oneLine(title), dayOf(at), text.trim(), markOf(key)].join('\n');

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
