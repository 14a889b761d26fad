import type { Knex } from 'knex';
import { atomically } from '../../../identity/atomically';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { tell } from '../../../storage/news';
import { noteCustomersChanged } from '../../../storage/person-changes';
import type { CrmRow, PulledRecord, Stream } from '../../connector';
import type { CrmService } from '../../service';
import type { SyncResult } from '../api-types';
import { endRows } from './end-rows';
import { judgeRecords } from './judge-records';
import { endedKeys, linksOf, saveLinks } from './links';
import { keyOf, REVIVED, type RecordRows, type RowKind, recordKey, recordsOf } from './page-rows';
import { eraseCustomers, mergeCustomers, type Teller } from './people';
import { dropProblems, saveProblems } from './problems';

/** What a page of a pull, or a webhook, tells of one stream. */
export interface PageNews {
  stream: Stream;
  records: PulledRecord[];
  gone?: string[];
  erased?: string[];
  merged?: { from: string; into: string }[];
}

export type PageCounts = Pick<
  SyncResult,
  'seen' | 'created' | 'updated' | 'unchanged' | 'failed' | 'removed' | 'merged'
>;

/**
 * Stores what a CRM told. Persons are made, merged and erased first, each a step that may be repeated; then all rows, where
 * they came from, what was wrong and whatever `commit` adds are written in one transaction.
 *
 * @param commit what belongs to the page, such as the cursor behind it; first in the transaction, to refuse it early
 */
export async function storePage(
  strapi: Strapi,
  teller: Teller,
  { stream, records: pulled, gone = [], erased = [], merged = [] }: PageNews,
  commit: (trx: Knex) => Promise<void> = async () => {},
): Promise<PageCounts> {
  const knex = knexOf(strapi);
  const crm: CrmService = strapi.plugin('clv').service('crm');
  const ours = (id: string) => teller.idPrefix + String(id).trim();
  const forgotten = new Set(erased.map(ours));
  const erasures = await eraseCustomers(strapi, [...forgotten]);

  const goneIds = new Set(gone.map((id) => recordKey(String(id))));
  const records = recordsOf(pulled, teller.idPrefix).filter(
    ({ recordId, rows }) =>
      !goneIds.has(recordId) && !rows.some(({ row }) => forgotten.has(String(row.customer_id))),
  );
  const ids = records.map(({ recordId }) => recordId);
  const links = await linksOf(knex, teller.id, stream, ids);
  await revive(knex, records);
  const judged = await judgeRecords(crm, records, stream, links, teller.kind);
  const merges = merged.map(({ from, into }) => ({ from: ours(from), into: ours(into) }));
  const persons = await mergeCustomers(strapi, teller, merges);

  const customers = await linksOf(
    knex,
    teller.id,
    'customers',
    merged.map(({ from }) => recordKey(from)),
  );
  const removed = (await linksOf(knex, teller.id, stream, [...goneIds])).filter(
    (link) => link.goneAt === null,
  );
  const ended = [...judged.vanished, ...removed, ...customers.filter((link) => link.goneAt === null)];
  const now = Date.now();
  const touched = await atomically(knex, async (trx) => {
    await commit(trx);
    for (const prepared of judged.prepared) await prepared.write(trx);
    await saveLinks(trx, teller.id, judged.links);
    // Whom the CRM has only now is told of, also when nothing else of them is new.
    const joined = judged.links.filter(({ kind }) => kind === 'customers');
    await noteCustomersChanged(
      trx,
      joined.map(({ rowKey }) => rowKey),
    );
    await saveProblems(trx, teller.id, stream, judged.problems, now);
    await dropProblems(trx, teller.id, stream, [...judged.well, ...goneIds]);
    return endRows(trx, teller.id, ended, now);
  });
  tell(strapi, { customerIds: [...touched, ...judged.prepared.flatMap((some) => some.customerIds)] });
  return {
    ...judged.counts,
    removed: new Set(removed.map(({ recordId }) => recordId)).size + erasures,
    merged: persons,
  };
}

/** Says of rows that were cancelled or ended, because the CRM had them no more, that they are there again. */
async function revive(knex: Knex, records: RecordRows[]): Promise<void> {
  for (const [kind, again] of Object.entries(REVIVED) as [RowKind, CrmRow][]) {
    const rows = records.flatMap((record) => record.rows.filter((each) => each.kind === kind));
    const ended = await endedKeys(
      knex,
      kind,
      rows.map(({ row }) => keyOf(kind, row)),
    );
    for (const each of rows) if (ended.has(keyOf(kind, each.row))) each.row = { ...again, ...each.row };
  }
}
