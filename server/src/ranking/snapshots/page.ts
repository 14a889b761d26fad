import type { Knex } from 'knex';
import type { Job } from '../../jobs/api-types';
import type { RankedItem, RankingPage } from '../api-types';
import { countUpToThousand, type DataCounts } from '../queries/data-counts';
import { firstGroupValues } from '../queries/group-values';
import type { RankingQuery } from '../query';
import { countItems, facetsOf, findItems } from './items';
import { chooseSnapshot, latestSnapshots, type Snapshot } from './latest';

/** Counted on the spot while small, and else as the last run found it. */
async function dataOf(knex: Knex, latest: Snapshot | undefined): Promise<DataCounts> {
  const now = await countUpToThousand(knex);
  if (!latest) return now;
  const then = latest.summary.data;
  return {
    contents: Math.max(now.contents, then.contents),
    touches: Math.max(now.touches, then.touches),
    identifiedVisitors: Math.max(now.identifiedVisitors, then.identifiedVisitors),
    customers: Math.max(now.customers, then.customers),
    orders: Math.max(now.orders, then.orders),
  };
}

const unique = (values: string[]) => [...new Set(values)];

/** What a landmark was divided by, and the parts. */
function slicesOf(snapshots: Snapshot[], landmark: string | undefined): RankingPage['facets']['slices'] {
  const heads = snapshots.map(({ head }) => head).filter((head) => head.landmark === landmark);
  const kinds = unique(heads.map(({ sliceOf }) => sliceOf)).filter((kind) => kind !== '');
  return kinds.map((of) => ({
    of,
    values: heads.filter(({ sliceOf }) => sliceOf === of).map(({ slice }) => slice),
  }));
}

/** Values of a dimension that a filter lists before anything is searched for. */
const LISTED = 20;

async function groupsOf(knex: Knex, dimensions: string[]): Promise<RankingPage['facets']['groups']> {
  const groups: RankingPage['facets']['groups'] = [];
  for (const by of dimensions) {
    const values = await firstGroupValues(knex, by, LISTED + 1);
    if (values.length === 0) continue;
    groups.push({ by, values: values.slice(0, LISTED), more: values.length > LISTED });
  }
  return groups;
}

/**
 * Everything that the Rankings page shows, from snapshots alone.
 *
 * @param jobs the latest runs, the newest first
 * @param dimensions what the configuration lets content be grouped by
 */
export async function rankingPage(
  knex: Knex,
  query: RankingQuery,
  jobs: Job[],
  dimensions: string[],
): Promise<RankingPage> {
  const snapshots = await latestSnapshots(knex);
  const snapshot = chooseSnapshot(snapshots, query);
  const { page, pageSize, sort } = query;
  const total = snapshot ? await countItems(knex, snapshot.head.id, query) : 0;
  const slice = { offset: (page - 1) * pageSize, limit: pageSize };
  const { kinds, locales } = snapshot ? await facetsOf(knex, snapshot.head.id) : { kinds: [], locales: [] };
  const last = jobs.find((job) => job.finishedAt !== null);
  return {
    snapshot: snapshot?.head ?? null,
    items: snapshot ? await findItems(knex, snapshot.head.id, query, sort, slice) : [],
    pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
    facets: {
      landmarks: unique(snapshots.map(({ head }) => head.landmark)),
      slices: slicesOf(snapshots, query.landmark ?? chooseSnapshot(snapshots, {})?.head.landmark),
      kinds,
      locales,
      groups: await groupsOf(knex, dimensions),
    },
    running: jobs.find((job) => job.finishedAt === null)?.id ?? null,
    lastRun: last
      ? { id: last.id, status: last.status, finishedAt: last.finishedAt, error: last.error }
      : null,
    data: await dataOf(knex, snapshots[0]),
  };
}

/** All items that match, for the export; null when there is no such snapshot. */
export async function rankingExport(
  knex: Knex,
  query: RankingQuery,
): Promise<{ snapshot: Snapshot; items: RankedItem[] } | null> {
  const snapshot = chooseSnapshot(await latestSnapshots(knex), query);
  if (!snapshot) return null;
  return { snapshot, items: await findItems(knex, snapshot.head.id, query, query.sort) };
}
