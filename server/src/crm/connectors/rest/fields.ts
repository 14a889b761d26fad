import type { CrmField, Stream } from '../../connector';
import type { Description, StreamDescription } from './description';
import { leavesOf } from './field-path';
import { type Reader, readState, walk } from './walk';

const MOST = 300;

const typeOf = (value: unknown): CrmField['type'] =>
  typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : 'other';

/** What the first page of each stream holds, and what the description names: an API does not tell what else there is. */
export async function fieldsOf(reader: Reader, api: Description): Promise<Record<Stream, CrmField[]>> {
  return {
    customers: await ofStream(reader, api.customers),
    orders: api.orders ? await ofStream(reader, api.orders) : [],
    subscriptions: api.subscriptions ? await ofStream(reader, api.subscriptions) : [],
  };
}

async function ofStream(reader: Reader, spec: StreamDescription): Promise<CrmField[]> {
  const found = new Map<string, unknown>();
  for (const source of Object.values(spec.fields)) found.set(source, undefined);
  for await (const { records } of walk(reader, spec, readState(null))) {
    for (const record of records)
      for (const [path, value] of leavesOf(record)) found.set(path, value ?? found.get(path));
    break;
  }
  const fields = [...found].map(([name, value]) => ({ name, label: name, type: typeOf(value) }));
  return fields.slice(0, MOST);
}
