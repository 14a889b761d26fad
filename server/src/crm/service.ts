import type { PersonEmail } from '../identity/attach-emails';
import type { IdentityService } from '../identity/service';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import type { ImportKind } from './api-types';
import { type Kind, kindsIn } from './kinds';
import type { Problem } from './rows/row-parser';
import { rulesOf } from './rows/rules';
import type { Row, Statement } from './store/plan-writes';
import { type Beside, compare, write } from './store/table';

export interface Rejected extends Problem {
  /** Place in the batch, from 0. */
  index: number;
}

/** What became of a batch; all of it together is its length. */
export interface UpsertResult {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows whose key comes again later in the batch: the last one counts. */
  duplicates: number;
  rejected: Rejected[];
}

export type CrmService = ReturnType<typeof crmService>;

/** Orders, customers, subscriptions and costs, told by the rows of files, requests and CRM systems. */
export function crmService({ strapi }: { strapi: Strapi }) {
  const identity = (): IdentityService => strapi.plugin('clv').service('identity');
  let kinds: Record<ImportKind, Kind> | undefined;

  function kindOf(kind: ImportKind): Kind {
    kinds ??= kindsIn(rulesOf(strapi), (email) => identity().hashEmail(email));
    return kinds[kind];
  }

  async function upsert(kind: ImportKind, rows: unknown[], source: string): Promise<UpsertResult> {
    const { table, read } = kindOf(kind);
    const knex = knexOf(strapi);
    const { statements, places, rejected, duplicates } = readAll(rows, read, table.key);
    const plan = await compare(knex, table, statements);
    const changes = [...plan.created, ...plan.updated];
    // Persons first: an order without its person would stay so, since it is unchanged the next time.
    const customerIds = kind === 'costs' ? [] : changes.map((row) => String(row.customer_id));
    const persons = await identity().ensureCustomers(customerIds, source, emailHashesOf(changes));
    const personOf = (row: Row) => persons.get(String(row.customer_id))!;
    const now = Date.now();
    const beside: Beside[] = [
      { column: { name: 'source', type: 'text' }, of: () => source },
      { column: { name: 'updated_at', type: 'bigint' }, of: () => now },
    ];
    if (kind === 'customers') beside.push({ column: { name: 'person_id', type: 'text' }, of: personOf });
    await write(knex, table, changes, beside);
    if (kind === 'customers') await identity().attachEmails(emailsOf(changes, personOf), source);
    // Whoever an order or a subscription was taken away from, too.
    const before = kind === 'costs' ? [] : plan.replaced.map((row) => String(row.customer_id));
    tell(strapi, { customerIds: [...customerIds, ...before] });
    for (const { key, field, reason } of plan.refused) {
      rejected.push({ index: places.get(key)!, field, reason });
    }
    return {
      created: plan.created.length,
      updated: plan.updated.length,
      unchanged: plan.unchanged,
      duplicates,
      rejected: rejected.sort((a, b) => a.index - b.index),
    };
  }

  return {
    /** The same for rows of any kind. */
    upsert,

    /**
     * Stores orders by their id: new ones are added, changed ones changed, and saying the same twice changes nothing.
     * A column that a row does not have keeps what is stored; an empty one clears it. Customers that nobody heard of
     * get a person of their own.
     *
     * @param rows objects with the columns of the CSV contract (`order_id`, …), values as text or numbers
     * @param source who says so: `csv`, `api` or a connector's name
     */
    upsertOrders: (rows: unknown[], source: string) => upsert('orders', rows, source),

    /** The same for customers, by customer id. Emails are kept as keyed hashes only. */
    upsertCustomers: (rows: unknown[], source: string) => upsert('customers', rows, source),

    /** Why a row would be rejected, or null. Nothing is stored. */
    problemOf(kind: ImportKind, raw: unknown): Problem | null {
      const parsed = kindOf(kind).read(raw);
      return 'row' in parsed ? null : parsed;
    },

    /** How many of these customer ids, each as often as it is named, have no customer record. */
    async countWithoutRecord(customerIds: string[]): Promise<number> {
      const ids = [...new Set(customerIds)];
      const rows = await knexOf(strapi)('clv_customers').whereIn('customer_id', ids).select('customer_id');
      const known = new Set(rows.map((row) => row.customer_id));
      return customerIds.filter((id) => !known.has(id)).length;
    },
  };
}

/** Divides a batch into statements by key and rejected rows; of two with the same key the later one counts. */
function readAll(rows: unknown[], read: Kind['read'], key: string) {
  const statements = new Map<string, Statement>();
  const places = new Map<string, number>();
  const rejected: Rejected[] = [];
  let duplicates = 0;
  rows.forEach((raw, index) => {
    const parsed = read(raw);
    if (!('row' in parsed)) {
      rejected.push({ index, ...parsed });
      return;
    }
    const id = String(parsed.row[key]);
    if (statements.has(id)) duplicates += 1;
    statements.set(id, parsed.row);
    places.set(id, index);
  });
  return { statements, places, rejected, duplicates };
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
