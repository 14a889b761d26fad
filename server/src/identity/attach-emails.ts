import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { insertRows } from '../storage/insert-rows';
import { atomically } from './atomically';
import { IDENTITY_COLUMNS } from './ensure-customers';
import { suggestMerge } from './merges/suggest-merge';

const AT_ONCE = 2000;

export interface PersonEmail {
  personId: string;
  emailHash: string;
}

/** Gives persons the email hashes that nobody has; for a hash of somebody else it suggests a merge. */
export async function attachEmails(knex: Knex, rows: PersonEmail[], source: string): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const chunk = rows.slice(start, start + AT_ONCE);
    await atomically(knex, (trx) => attachChunk(trx, chunk, source));
    await breathe();
  }
}

async function attachChunk(trx: Knex.Transaction, rows: PersonEmail[], source: string): Promise<void> {
  const now = Date.now();
  await insertRows(
    trx,
    'clv_identities',
    IDENTITY_COLUMNS,
    rows.map(({ personId, emailHash }) => [uuidv7(), personId, 'email', emailHash, source, now]),
  );
  const owners = await trx('clv_identities as i')
    .join('clv_persons as p', 'p.id', 'i.person_id')
    .where('i.namespace', 'email')
    .whereIn(
      'i.value',
      rows.map((row) => row.emailHash),
    )
    .select('i.value', 'p.id', 'p.canonical_id');
  const ownerOf = new Map(owners.map((row) => [row.value, { id: row.id, canonical: row.canonical_id }]));
  const foreign = rows.filter((row) => ownerOf.get(row.emailHash)?.id !== row.personId);
  const persons = await trx('clv_persons')
    .whereIn(
      'id',
      foreign.map((row) => row.personId),
    )
    .select('id', 'canonical_id');
  const canonicalOf = new Map(persons.map((row) => [row.id, row.canonical_id]));
  for (const { personId, emailHash } of foreign) {
    const owner = ownerOf.get(emailHash);
    if (!owner || owner.canonical === canonicalOf.get(personId)) continue;
    await suggestMerge(trx, owner.id, personId, `the same email address (${source})`);
  }
}
