import { configOf } from '../../../config';
import type { JobContext } from '../../../jobs/run-job';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { ConnectorError } from '../../connector-error';
import { fieldsFor, type InsightFieldInfo, laterAmong } from '../../insight-fields';
import type { SyncResult } from '../api-types';
import type { OpenConnection } from '../connections/open';
import type { ConnectionsService } from '../connections/service';
import { nothingDone } from '../result';
import { compileChanges } from './compile/compile-changes';
import { engineToTell } from './compile/engine';
import { basisOf, markEveryone } from './compile/mark-everyone';
import { connectorErrorOf } from './deliver/connector-error-of';
import { deliver } from './deliver/deliver';
import { dueLetters, type LetterKind } from './deliver/letters';
import type { Clock, Settled } from './deliver/settle';
import { describing } from './describe/describe-persons';
import { toldSegments } from './describe/segments';
import { readPushState, savePushState } from './state';

const CLOCK: Clock = { now: Date.now, random: Math.random };

type Context = Pick<JobContext<{ connectionId: string }>, 'params' | 'progress' | 'signal'>;

/**
 * The stream `push` of a connection: finds out what changed, and sends it.
 *
 * @param result filled while it runs: `seen` messages sent, `updated` customers and `created` notes that the CRM has now,
 *   `unchanged` customers that were compared and are as the CRM has them, `failed` given up, `removed` gone from the CRM
 * @throws ConnectorError when the CRM takes nothing for now; what waits is kept
 */
export async function runPush(
  strapi: Strapi,
  { params, progress, signal }: Context,
  result: SyncResult = nothingDone('push'),
  clock: Clock = CLOCK,
): Promise<SyncResult> {
  const connections: ConnectionsService = strapi.plugin('clv').service('connections');
  const connection = await connections.open(params.connectionId, { signal });
  if (!connection.push.enabled || !connection.connector.capabilities.push) return result;
  const knex = knexOf(strapi);
  const startedAt = clock.now();

  progress(0, 'comparing');
  let telling = await compile(strapi, connection.id, signal, startedAt, result);
  const renew = async () => {
    const news = await knex('clv_person_changes').first('person_id');
    if (news) telling = await compile(strapi, connection.id, signal, startedAt, result);
    return telling;
  };
  const { fields: pushed } = connection.push;
  const state = await readPushState(knex, connection.id, startedAt);
  const fields = fieldsFor([...pushed, ...(state.later ?? [])]);
  const prepare = () => prepareFields(strapi, connection, fields);
  const prepared = state.schema && laterAmong(pushed).every((field) => state.later?.includes(field));
  const [{ n }] = await dueLetters(knex, connection.id, clock.now(), telling).count({ n: '*' });
  const due = Number(n);
  if (due > 0 && !prepared) await prepare();

  const onSettled = (kind: LetterKind, { delivered, dead, gone, seen }: Settled) => {
    result.seen += seen;
    result[kind === 'notes' ? 'created' : 'updated'] += delivered;
    result.failed += dead;
    result.removed += gone;
    result.requests = connection.requests();
    progress(due > 0 ? result.seen / due : 1, 'sending');
  };
  try {
    await deliver({ knex, connection, signal, fields, renew, prepare, onSettled, ...clock });
  } finally {
    result.requests = connection.requests();
    result.seconds = (clock.now() - startedAt) / 1000;
    await connection.saveBudget();
  }
  return result;
}

/** Brings the outboxes of all connections up to date. @returns false when nobody can be described now */
async function compile(
  strapi: Strapi,
  id: string,
  signal: AbortSignal,
  now: number,
  result: SyncResult,
): Promise<boolean> {
  const knex = knexOf(strapi);
  const connections: ConnectionsService = strapi.plugin('clv').service('connections');
  const config = configOf(strapi);
  const engine = await engineToTell(strapi);
  if (!engine) return false;
  const all = (await connections.list()).filter(({ push }) => push.enabled);
  const own = all.find((connection) => connection.id === id);
  if (!own) return false;
  const told = await toldSegments(knex);
  await markEveryone(knex, id, basisOf(engine.runId, own, config, told), signal);
  const pushing = [];
  for (const connection of all) {
    const { since, later = [] } = await readPushState(knex, connection.id, now);
    pushing.push({ connection, since, later });
  }
  result.unchanged += await compileChanges(knex, pushing, await describing(knex, engine, config), signal);
  return true;
}

/** @throws ConnectorError config when somebody must make fields by hand */
async function prepareFields(
  strapi: Strapi,
  { id, title, connector, redact }: OpenConnection,
  fields: readonly InsightFieldInfo[],
): Promise<void> {
  const knex = knexOf(strapi);
  const later = laterAmong(fields.map(({ name }) => name));
  const keep = async (schema: boolean) =>
    savePushState(knex, id, {
      ...(await readPushState(knex, id, Date.now())),
      schema,
      ...(schema && later.length > 0 && { later }),
    });
  await keep(false);
  const { todo } = await connector.ensureSchema(fields).catch((thrown) => {
    throw redact(connectorErrorOf(thrown));
  });
  if (todo.length > 0) {
    throw new ConnectorError('config', `${title} has no place for what is pushed yet. ${todo.join(' ')}`);
  }
  await keep(true);
}
