import type { Knex } from 'knex';
import type { PersonEmail } from '../../identity/attach-emails';
import type { IdentityService } from '../../identity/service';
import type { Kind } from '../kinds';
import type { Problem } from '../rows/row-parser';
import type { Row, Statement } from './plan-writes';
import { type Beside, compare, write } from './table';

/** What becomes of one row of a batch; `superseded` when its key comes again later, where the last one counts. */
export type Fate =
  | { key: string; fate: 'created' | 'updated' | 'unchanged' | 'superseded' }
  | { key: string | null; fate: 'rejected'; problem: Problem };

/** A batch that was judged and compared with what is stored, and whose persons are there: ready to be written. */
export interface Prepared {
  /** One for each row, in their order. */
  fates: Fate[];
  /** Whoever it is about, also those from whom something is taken away. */
  customerIds: string[];
  /** Writes what is new. May be called again in another transaction when the first one failed. */
  write(knex: Knex): Promise<void>;
}

/** @param source who says so: `csv`, `api` or a connector's kind */
export async function prepare(
  knex: Knex,
  identity: IdentityService,
  { table, read, persons: hasPersons }: Kind,
  rows: unknown[],
  source: string,
): Promise<Prepared> {
  const { statements, fates } = readAll(rows, read, table.key);
  const plan = await compare(knex, table, statements);
  const changes = [...plan.created, ...plan.updated];
  const customerIds = hasPersons ? changes.map((row) => String(row.customer_id)) : [];
  // Persons first: an order without its person would stay so, since it is unchanged the next time.
  const persons = await identity.ensureCustomers(customerIds, source, emailHashesOf(changes));
  const personOf = (row: Row) => persons.get(String(row.customer_id))!;
  await identity.attachEmails(emailsOf(changes, personOf), source);

  const fateOf = new Map<string, Fate>();
  const key = (row: Row) => String(row[table.key]);
  for (const row of plan.created) fateOf.set(key(row), { key: key(row), fate: 'created' });
  for (const row of plan.updated) fateOf.set(key(row), { key: key(row), fate: 'updated' });
  for (const { key: refused, field, reason } of plan.refused) {
    fateOf.set(refused, { key: refused, fate: 'rejected', problem: { field, reason } });
  }

  const now = Date.now();
  const beside: Beside[] = [
    { column: { name: 'source', type: 'text' }, of: () => source },
    { column: { name: 'updated_at', type: 'bigint' }, of: () => now },
  ];
  if ('email_hash' in table.blank) {
    beside.push({ column: { name: 'person_id', type: 'text' }, of: personOf });
  }
  const before = hasPersons ? plan.replaced.map((row) => String(row.customer_id)) : [];
  return {
    fates: fates.map((fate) => (fate.fate === 'unchanged' ? (fateOf.get(fate.key) ?? fate) : fate)),
    customerIds: [...customerIds, ...before],
    write: (trx) => write(trx, table, changes, statements, beside),
  };
}

/** Divides a batch into statements by key and rejected rows; of two with the same key the later one counts. */
function readAll(rows: unknown[], read: Kind['read'], key: string) {
  const statements = new Map<string, Statement>();
  const places = new Map<string, number>();
  const fates: Fate[] = [];
  for (const [index, raw] of rows.entries()) {
    const parsed = read(raw);
    if (!('row' in parsed)) {
      fates.push({ key: null, fate: 'rejected', problem: parsed });
      continue;
    }
    const id = String(parsed.row[key]);
    const earlier = places.get(id);
    if (earlier !== undefined) fates[earlier] = { key: id, fate: 'superseded' };
    statements.set(id, parsed.row);
    places.set(id, index);
    // Until it is compared with what is stored.
    fates.push({ key: id, fate: 'unchanged' });
  }
  return { statements, fates };
}

/** By customer id; orders have none. */
function emailHashesOf(rows: Row[]): Map<string, string> {
  const told = rows.filter((row) => row.email_hash);
  return new Map(told.map((row) => [String(row.customer_id), String(row.email_hash)]));
}

function emailsOf(rows: Row[], personOf: (row: Row) => string): PersonEmail[] {
  const told = rows.filter((row) => row.email_hash);
  return told.map((row) => ({ personId: personOf(row), emailHash: String(row.email_hash) }));
}
