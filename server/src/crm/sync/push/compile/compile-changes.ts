import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { atomically } from '../../../../identity/atomically';
import type { InsightField } from '../../../insight-fields';
import type { ConnectionRow } from '../../connections/rows';
import { crmCustomersOf } from '../describe/customers';
import type { Describe, Described } from '../describe/describe-persons';
import { type Download, downloadsOf } from '../describe/downloads';
import { hashOf, payloadOf } from '../describe/payload';
import { type Wanted, writeOutbox } from './outbox-rows';

/** A connection that pushes, and since when. */
export interface Pushing {
  connection: ConnectionRow;
  since: number;
  /** Fields that the CRM has though they came later. */
  later: InsightField[];
}

/** Persons described in one go: on SQLite nobody else writes while theirs is written. */
const AT_ONCE = 100;

/**
 * Describes everyone who was marked as changed, and puts what CRMs do not have yet into the outbox. A mark goes in the
 * transaction that writes the outbox, and only if the person did not change again meanwhile; so several nodes may do this at
 * once, and a crash loses nothing.
 *
 * @returns how many customers nothing changed of
 */
export async function compileChanges(
  knex: Knex,
  pushing: Pushing[],
  describe: Describe,
  signal: AbortSignal,
): Promise<number> {
  let unchanged = 0;
  let after = '';
  for (;;) {
    signal.throwIfAborted();
    const marks: { person_id: string; change_id: string }[] = await knex('clv_person_changes')
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(AT_ONCE)
      .select('person_id', 'change_id');
    if (marks.length === 0) return unchanged;
    after = marks.at(-1)!.person_id;
    const changes = new Map(marks.map((mark) => [mark.person_id, mark.change_id]));
    const wanted = await wantedOf(knex, pushing, describe, [...changes.keys()]);
    unchanged += await store(knex, changes, wanted);
    await breathe();
  }
}

/** What CRMs shall have of persons, by person. */
async function wantedOf(
  knex: Knex,
  pushing: Pushing[],
  describe: Describe,
  marked: string[],
): Promise<Map<string, Wanted[]>> {
  const wanted = new Map<string, Wanted[]>();
  const connectionIds = pushing.map(({ connection }) => connection.id);
  const customers = await crmCustomersOf(knex, connectionIds, marked);
  if (customers.length === 0) return wanted;
  const personIds = [...new Set(customers.map(({ personId }) => personId))];
  const described = await describe(personIds);
  for (const { connection, since, later } of pushing) {
    const downloads = await downloadsOf(knex, personIds, connection.push.noteKinds, since);
    for (const { connectionId, customerId, personId } of customers) {
      if (connectionId !== connection.id) continue;
      const person = described.get(personId)!;
      const told = letterTo({ connection, later }, customerId, person, downloads.get(personId) ?? []);
      wanted.set(personId, [...(wanted.get(personId) ?? []), told]);
    }
  }
  return wanted;
}

function letterTo(
  { connection: { id, push }, later }: Pick<Pushing, 'connection' | 'later'>,
  customerId: string,
  { values, allowed }: Described,
  downloads: Download[],
): Wanted {
  const told = allowed.reading ? downloads : [];
  return {
    connectionId: id,
    customerId,
    payload: payloadOf(values, push.fields, allowed, later),
    mayHaveNotes: allowed.reading,
    mayHaveTriggers: allowed.value,
    notes: new Map(told.map((download) => [noteKey(customerId, download), noteOf(download)])),
  };
}

/** The same download is the same note, at each of a person's customers. */
const noteKey = (customerId: string, { messageId }: Download) => hashOf(`${customerId}\n${messageId}`);

const noteOf = ({ at, kind, title }: Download): string =>
  JSON.stringify({ at, title: `Downloaded: ${title}`, text: `${title} (${kind}) was downloaded.` });

async function store(
  knex: Knex,
  changes: Map<string, string>,
  wanted: Map<string, Wanted[]>,
): Promise<number> {
  return atomically(knex, async (trx) => {
    const held = await trx('clv_person_changes')
      .whereIn('person_id', [...changes.keys()])
      .forUpdate()
      .select('person_id', 'change_id');
    const settled: string[] = held
      .filter((mark) => changes.get(mark.person_id) === mark.change_id)
      .map((mark) => mark.person_id);
    const letters = settled.flatMap((personId) => wanted.get(personId) ?? []);
    const unchanged = await writeOutbox(trx, letters, Date.now());
    await trx('clv_person_changes').whereIn('person_id', settled).delete();
    return unchanged;
  });
}
