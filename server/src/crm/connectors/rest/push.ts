import type { Insight, Note, PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Http } from '../../http/client';
import { INSIGHT_FIELDS } from '../../insight-fields';
import type { Notes, Push } from './description';
import { valueAt } from './field-path';
import { filled, filledPath, holds, saysYes, timeAs } from './values';

type Values = Record<string, string | number | null>;

/** Insights that go one by one; each is a request. */
const ONE_BY_ONE = 20;

export const batchOf = (push: Push | undefined): number => push?.batch?.size ?? ONE_BY_ONE;

function valuesOf({ customerId, values }: Insight, { times }: Push): Values {
  const told: Values = { id: customerId };
  for (const { name, type } of INSIGHT_FIELDS) {
    const value = values[name] ?? null;
    told[name] = type === 'date' && value !== null ? timeAs(Number(value), times) : value;
  }
  return told;
}

export async function pushInsights(http: Http, push: Push, insights: Insight[]): Promise<PushResult[]> {
  const all = insights.map((insight) => valuesOf(insight, push));
  if (push.batch) return pushBatch(http, push, push.batch, all);
  return oneByOne(all, (values) => send(http, push, values, {}));
}

export async function pushNotes(http: Http, notes: Notes, given: Note[]): Promise<PushResult[]> {
  const all = given.map(({ customerId, key, at, title, text }) => ({
    id: customerId,
    key,
    title,
    text,
    at: timeAs(at, notes.times),
  }));
  const headers = (key: string): Record<string, string> =>
    notes.idempotencyHeader ? { [notes.idempotencyHeader]: key } : {};
  return oneByOne(all, (values) => send(http, notes, values, headers(values.key)));
}

/** @throws ConnectorError unless it is about this record alone */
async function send(
  http: Http,
  { path, method, body }: Pick<Push, 'path' | 'method' | 'body'>,
  values: Values,
  headers: Record<string, string>,
): Promise<PushResult> {
  const idempotent = method !== 'POST' || Object.keys(headers).length > 0;
  const url = filledPath(path, values);
  const { status } = await http({
    method,
    url,
    body: filled(body, values),
    headers,
    idempotent,
    accept: [404, 410],
  });
  return status === 404 || status === 410 ? missing(values, status) : { ok: true };
}

const missing = ({ id }: Values, status: number): PushResult => ({
  ok: false,
  error: new ConnectorError('permanent', `The CRM answered ${status}: it has no customer ${id}.`),
  gone: true,
});

/** What concerns one record is its result; what would befall the others too ends the rest, or all of it at the first. */
async function oneByOne<Item>(
  items: Item[],
  sendOne: (item: Item) => Promise<PushResult>,
): Promise<PushResult[]> {
  const results: PushResult[] = [];
  for (const item of items) {
    try {
      results.push(await sendOne(item));
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      if (error.kind === 'permanent') {
        results.push({ ok: false, error });
        continue;
      }
      if (results.length === 0) throw error;
      const rest = items.length - results.length;
      return [...results, ...Array.from({ length: rest }, (): PushResult => ({ ok: false, error }))];
    }
  }
  return results;
}

async function pushBatch(
  http: Http,
  { path, method, body }: Push,
  { records, results: told }: NonNullable<Push['batch']>,
  all: Values[],
): Promise<PushResult[]> {
  const items = all.map((values) => filled(body, values));
  const { body: answer } = await http({
    method,
    url: path,
    body: records === '' ? items : nested(records, items),
    idempotent: method !== 'POST',
  });
  if (!told) return all.map(() => ({ ok: true }));
  const outcomes = valueAt(answer, told.records);
  if (!Array.isArray(outcomes) || outcomes.length !== all.length) {
    throw new ConnectorError(
      'config',
      `The answer of ${path} holds no result for each record at "${told.records}"; check "results" in the description of the API.`,
    );
  }
  return outcomes.map((outcome): PushResult => {
    const fault = valueAt(outcome, told.error);
    const gone = told.gone !== undefined && holds(outcome, told.gone);
    if (!gone && !saysYes(fault)) return { ok: true };
    const words = typeof fault === 'object' ? JSON.stringify(fault) : String(fault ?? 'it is gone');
    const error = new ConnectorError('permanent', `The CRM refused a record: ${words.slice(0, 300)}`);
    return gone ? { ok: false, error, gone } : { ok: false, error };
  });
}

/** `{ a: { b: items } }` for `a.b`. */
const nested = (path: string, items: unknown[]): unknown =>
  path.split('.').reduceRight<unknown>((inside, name) => ({ [name]: inside }), items);
