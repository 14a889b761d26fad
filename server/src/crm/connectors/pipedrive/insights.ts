import type { Insight, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { INSIGHT_FIELDS } from '../../insight-fields';
import type { Api } from './api';
import { said } from './errors';
import { oneByOne } from './lanes';
import { PERSONS } from './persons';
import type { Place, Schema } from './schema';

const LONGEST_TEXT = 255;

/** Writes insights into the custom fields of persons. */
export async function pushInsights(
  api: Api,
  schema: Schema,
  currency: string,
  batch: Insight[],
): Promise<PushResult[]> {
  // All of a batch leave out the same.
  const told = INSIGHT_FIELDS.filter(({ name }) => batch.some(({ values }) => values[name] !== undefined));
  const places = await schema.places(told);
  return oneByOne(batch, async ({ customerId, values }) => {
    const custom_fields = Object.fromEntries(
      places.map((place) => [place.code, valueFor(place, values[place.info.name] ?? null, currency)]),
    );
    const { status, body } = await api.send({
      method: 'PATCH',
      url: `${PERSONS}/${encodeURIComponent(customerId)}`,
      body: { custom_fields },
      idempotent: true,
      accept: [400, 404, 410],
    });
    if (status === 200) return { ok: true };
    if (status === 404 || status === 410) return gone();
    await assertUnchanged(schema, places);
    return {
      ok: false,
      error: new ConnectorError('permanent', `Pipedrive refuses the values of a person${said(body)}.`),
    };
  });
}

/** A value as Pipedrive's type of field takes it. */
function valueFor({ info, type }: Place, value: string | number | null, currency: string): unknown {
  if (value === null) return null;
  if (type === 'monetary') return { value: Number(value), currency };
  if (type === 'double') return Number(value);
  if (info.type === 'date') return new Date(value).toISOString().slice(0, 10);
  return String(value).slice(0, LONGEST_TEXT);
}

/** What is refused may be a field that somebody deleted meanwhile. */
async function assertUnchanged(schema: Schema, places: Place[]): Promise<void> {
  schema.forget();
  const now = await schema.places(places.map(({ info }) => info));
  if (now.every(({ code }, i) => code === places[i]!.code)) return;
  throw new ConnectorError(
    'transient',
    'The fields of Pipedrive have changed; what was refused is sent again.',
  );
}

/** What became of something for a person who is no more. */
export const gone = (): PushResult => ({
  ok: false,
  error: new ConnectorError('permanent', 'Pipedrive has no such person any more.'),
  gone: true,
});
