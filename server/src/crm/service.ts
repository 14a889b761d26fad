import { type ClvConfig, configOf } from '../config';
import type { IdentityService } from '../identity/service';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import type { ImportKind } from './api-types';
import { type Kind, kindsIn } from './kinds';
import type { Problem } from './rows/row-parser';
import { rulesOf } from './rows/rules';
import { type Fate, type Prepared, prepare } from './store/prepare';

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
  let known: { by: ClvConfig['value']; kinds: Record<ImportKind, Kind> } | undefined;

  function kindOf(kind: ImportKind): Kind {
    const by = configOf(strapi).value;
    // Another currency, rate or time zone may be saved while the server runs.
    if (known?.by !== by) {
      known = { by, kinds: kindsIn(rulesOf(strapi), (email) => identity().hashEmail(email)) };
    }
    return known.kinds[kind];
  }

  const prepareRows = (kind: ImportKind, rows: unknown[], source: string): Promise<Prepared> =>
    prepare(knexOf(strapi), identity(), kindOf(kind), rows, source);

  async function upsert(kind: ImportKind, rows: unknown[], source: string): Promise<UpsertResult> {
    const prepared = await prepareRows(kind, rows, source);
    await prepared.write(knexOf(strapi));
    tell(strapi, { customerIds: prepared.customerIds });
    const counted = (fate: Fate['fate']) => prepared.fates.filter((row) => row.fate === fate).length;
    return {
      created: counted('created'),
      updated: counted('updated'),
      unchanged: counted('unchanged'),
      duplicates: counted('superseded'),
      rejected: prepared.fates.flatMap((row, index) =>
        row.fate === 'rejected' ? [{ index, field: row.problem.field, reason: row.problem.reason }] : [],
      ),
    };
  }

  return {
    /** The same for rows of any kind. */
    upsert,

    /** Its first half: nothing is stored but persons, until the caller writes it in a transaction of its own. */
    prepare: prepareRows,

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
