import type { PushResult } from '../../connector';
import type { Api } from './api';
import { type SaveError, saveFailure } from './errors';

/** A record to save: of which object, which one unless it is new, and its properties. */
export interface Saved {
  type: string;
  id?: string;
  values: Record<string, unknown>;
}

export interface SaveResult {
  id?: string;
  success: boolean;
  errors: SaveError[];
}

/** Records that one request may hold. */
export const MOST_RECORDS = 200;

/*
 * What we write changes nobody's work: no rule assigns the record to somebody else, and a rule against duplicates does
 * not stop a record that was there before.
 */
const HEADERS = { 'Sforce-Auto-Assign': 'FALSE', 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };

/** Updates records. Sent twice, it changes nothing. @returns a result for each, in their order */
export const update = (api: Api, records: Saved[]): Promise<PushResult[]> => save(api, 'PATCH', records);

/** Creates records; it must not be sent again without looking first. */
export const create = (api: Api, records: Saved[]): Promise<PushResult[]> => save(api, 'POST', records);

async function save(api: Api, method: 'PATCH' | 'POST', records: Saved[]): Promise<PushResult[]> {
  if (records.length === 0) return [];
  // Salesforce works through records of one type together, and takes ten changes of the type at most.
  const order = records
    .map((_, i) => i)
    .sort((a, b) => records[a]!.type.localeCompare(records[b]!.type) || a - b);
  const { body } = await api.request<SaveResult[]>({
    method,
    url: '/composite/sobjects',
    headers: HEADERS,
    idempotent: method === 'PATCH',
    body: {
      allOrNone: false,
      records: order.map((i) => {
        const { type, id, values } = records[i]!;
        return { attributes: { type }, ...(id === undefined ? {} : { id }), ...values };
      }),
    },
  });
  const results: PushResult[] = [];
  for (const [at, i] of order.entries()) {
    const { success, errors } = body[at] ?? { success: false, errors: [] };
    results[i] = success ? { ok: true } : saveFailure(errors);
  }
  return results;
}
