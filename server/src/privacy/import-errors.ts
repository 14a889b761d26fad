import type { Knex } from 'knex';
import { quoted } from '../crm/csv/bad-field';
import { IMPORT_ERRORS } from './personal-columns';
import type { Scope } from './scope';

const PAGE = 1_000;

interface ImportError {
  id: number;
  row_number: number;
  field: string | null;
  reason: string;
  /** The row's cells by column, as JSON. */
  raw: string | null;
}

/** Whether a rejected row, or what is said of it, names one of these ids. */
function names({ raw, reason }: ImportError, ids: ReadonlySet<string>): boolean {
  const cells: Record<string, string> = raw === null ? {} : JSON.parse(raw);
  for (const cell of Object.values(cells)) if (ids.has(cell.trim())) return true;
  for (const id of ids) if (reason.includes(quoted(id))) return true;
  return false;
}

/** The rejected rows of imports that name the person's customer, order or subscription ids, page by page. */
export async function* importErrorsOf(knex: Knex, { customerIds }: Scope): AsyncGenerator<ImportError[]> {
  if (customerIds.length === 0) return;
  const idsOf = (table: string, id: string): Promise<string[]> =>
    knex(table).whereIn('customer_id', customerIds).pluck(id);
  const ids = new Set([
    ...customerIds,
    ...(await idsOf('clv_orders', 'order_id')),
    ...(await idsOf('clv_subscriptions', 'subscription_id')),
  ]);
  let after = 0;
  for (;;) {
    const page: ImportError[] = await knex(IMPORT_ERRORS.table)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .select('id', 'row_number', 'field', 'reason', 'raw');
    const theirs = page.filter((error) => names(error, ids));
    if (theirs.length > 0) yield theirs;
    if (page.length < PAGE) return;
    after = page[page.length - 1].id;
  }
}
