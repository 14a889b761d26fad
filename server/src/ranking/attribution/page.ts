import type { Knex } from 'knex';
import type { Job } from '../../jobs/api-types';
import { isDemonstration } from '../../storage/settings';
import { searchable } from '../snapshots/searchable';
import { publishedRun, runSection } from '../snapshots/sections';
import type { AttributedItem, AttributionPage, AttributionReport, AttributionSort } from './api-types';
import type { AttributionBody, KeptItem } from './body';
import type { AttributionQuery } from './query';

/** What a run kept, as it was last read: a body of ten thousand items takes a while to parse, and never changes. */
interface ReadSection {
  jobId: string;
  body: AttributionBody;
}

const lastRead = new WeakMap<Knex, ReadSection>();

async function latestReport(knex: Knex): Promise<{ report: AttributionReport; items: KeptItem[] } | null> {
  const run = await publishedRun(knex);
  if (!run) return null;
  let read = lastRead.get(knex);
  if (read?.jobId !== run.jobId) {
    const body = await runSection<AttributionBody>(knex, run.jobId, 'attribution');
    if (!body) return null;
    read = { jobId: run.jobId, body };
    lastRead.set(knex, read);
  }
  const simulated = await isDemonstration(knex);
  return { report: { ...run, simulated, ...read.body.report }, items: read.body.items };
}

/** Everything that the Attribution page shows, from the latest run. `jobs` are the latest runs, the newest first. */
export async function attributionPage(
  knex: Knex,
  query: AttributionQuery,
  jobs: Job[],
): Promise<AttributionPage> {
  const found = await latestReport(knex);
  const all = found?.items ?? [];
  const matching = sorted(all.filter(matches(query)), query.sort);
  const { page, pageSize } = query;
  const last = jobs.find((job) => job.finishedAt !== null);
  const unique = (values: string[]) => [...new Set(values)].sort();
  return {
    report: found?.report ?? null,
    items: await withEntries(knex, matching.slice((page - 1) * pageSize, page * pageSize)),
    pagination: { page, pageSize, pageCount: Math.ceil(matching.length / pageSize), total: matching.length },
    facets: {
      kinds: unique(all.map(({ kind }) => kind)),
      locales: unique(all.map(({ locale }) => locale)),
    },
    running: jobs.find((job) => job.finishedAt === null)?.id ?? null,
    lastRun: last
      ? { id: last.id, status: last.status, finishedAt: last.finishedAt, error: last.error }
      : null,
  };
}

/** All items that match, for the export; null when no run has attributed anything yet. */
export async function attributionExport(
  knex: Knex,
  query: AttributionQuery,
): Promise<{ report: AttributionReport; items: AttributedItem[] } | null> {
  const found = await latestReport(knex);
  if (!found) return null;
  const matching = sorted(found.items.filter(matches(query)), query.sort);
  return { report: found.report, items: await withEntries(knex, matching) };
}

function matches({ kind, locale, search }: AttributionQuery): (item: KeptItem) => boolean {
  const sought = search === undefined ? undefined : searchable(search);
  return (item) =>
    (kind === undefined || item.kind === kind) &&
    (locale === undefined || item.locale === locale) &&
    (sought === undefined || searchable(item.title).includes(sought));
}

/** By credit, what has none of its own last whatever the direction; equal ones by their id. */
function sorted(items: KeptItem[], { by, direction }: AttributionQuery['sort']): KeptItem[] {
  const sign = direction === 'asc' ? 1 : -1;
  const compare = (a: KeptItem, b: KeptItem): number => {
    if (by === 'title') return sign * compareText(searchable(a.title), searchable(b.title));
    const [x, y] = [figureOf(a, by), figureOf(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  };
  return items.sort((a, b) => compare(a, b) || a.contentId - b.contentId);
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const figureOf = (item: KeptItem, by: Exclude<AttributionSort, 'title'>): number | null =>
  by === 'orders' ? item.orders : (item.credits[by]?.revenue ?? null);

/** Keys bound by one statement. */
const CHUNK = 500;

/** Joins what stands in the content registry now; an item that is gone from there is left out. */
async function withEntries(knex: Knex, items: KeptItem[]): Promise<AttributedItem[]> {
  const entries = new Map<number, Omit<AttributedItem, keyof KeptItem>>();
  for (let from = 0; from < items.length; from += CHUNK) {
    const ids = items.slice(from, from + CHUNK).map(({ contentId }) => contentId);
    const rows = await knex('clv_contents')
      .whereIn('id', ids)
      .select('id', 'uid', 'document_id', 'unpublished_at', 'deleted_at');
    for (const row of rows)
      entries.set(Number(row.id), {
        uid: row.uid,
        documentId: row.document_id,
        unpublishedAt: row.unpublished_at === null ? null : Number(row.unpublished_at),
        deletedAt: row.deleted_at === null ? null : Number(row.deleted_at),
      });
  }
  return items.flatMap((item) => {
    const entry = entries.get(item.contentId);
    return entry ? [{ ...item, ...entry }] : [];
  });
}
