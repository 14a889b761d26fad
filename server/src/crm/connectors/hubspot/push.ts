import type { Insight, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { fieldName, INSIGHT_FIELDS, type InsightField } from '../../insight-fields';
import type { Api } from './api';
import { inHalves } from './halves';
import { paths } from './paths';
import type { BatchAnswer, BatchError } from './payloads';

/** Records that one request may hold. */
export const BATCH = 100;

interface Input {
  id: string;
  properties: Record<string, string>;
}

/** Writes insights to contacts by their ids. Of two for one contact, which HubSpot refuses, the later one counts. */
export async function pushInsights(api: Api, batch: Insight[]): Promise<PushResult[]> {
  const inputs = new Map<string, Input>();
  for (const { customerId: id, values } of batch) inputs.set(id, { id, properties: propertiesOf(values) });
  const unique = [...inputs.values()];
  const results = await inHalves(unique, (some) => update(api, some));
  const byId = new Map(unique.map(({ id }, i) => [id, results[i]!]));
  return batch.map(({ customerId }) => byId.get(customerId)!);
}

/** Every value is text, and none is an empty one. */
function propertiesOf(values: Insight['values']): Record<string, string> {
  const text = (name: InsightField) => String(values[name] ?? '');
  const told = INSIGHT_FIELDS.filter(({ name }) => values[name] !== undefined);
  return Object.fromEntries(told.map(({ name }) => [fieldName(name), text(name)]));
}

async function update(api: Api, inputs: Input[]): Promise<PushResult[]> {
  const { status, body } = await api.send<BatchAnswer>({
    method: 'POST',
    url: paths.objects('contacts', 'batch/update'),
    body: { inputs },
    accept: [404],
    idempotent: true,
  });
  if (status === 404) return [missing(inputs)];
  const written = new Set(body.results.map(({ id }) => id));
  return inputs.map(({ id }) => {
    if (written.has(id)) return { ok: true };
    return refused(
      body.errors?.find(({ context }) =>
        Object.values(context ?? {})
          .flat()
          .includes(id),
      ),
    );
  });
}

/** Only of a single record it is known that it is the one that is missing. */
function missing(inputs: Input[]): PushResult {
  const error = new ConnectorError('permanent', 'HubSpot has no such contact.');
  if (inputs.length > 1) throw error;
  return { ok: false, error, gone: true };
}

/** What became of a record that an answer names as one that failed, or not at all. */
export function refused(error: BatchError | undefined): PushResult {
  if (!error) {
    const unknown = new ConnectorError('transient', 'HubSpot did not say what became of this record.');
    return { ok: false, error: unknown };
  }
  const gone = error.category === 'OBJECT_NOT_FOUND';
  const said = new ConnectorError('permanent', `HubSpot refused this record: ${error.message.slice(0, 200)}`);
  return gone ? { ok: false, error: said, gone } : { ok: false, error: said };
}
