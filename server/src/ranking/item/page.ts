import type { Knex } from 'knex';
import { holderOf } from '../../jobs/ledger';
import type { ItemDetail, RankedItem } from '../api-types';
import type { ItemAttribution } from '../attribution/api-types';
import type { ItemDistribution } from '../distribution/api-types';
import { DISTRIBUTION } from '../distribution/section';
import type { ItemJourneys, JourneysReport } from '../journeys/api-types';
import { JOURNEYS } from '../journeys/section';
import { type EValue, eValue } from '../models/causal/e-value';
import { contentNames } from '../queries/content-names';
import { type ItemRow, toRankedItem, withContents } from '../snapshots/items';
import { chooseSnapshot, latestSnapshots, type Snapshot } from '../snapshots/latest';
import { itemSection, runSection } from '../snapshots/sections';
import type { ItemStudy, KeptStudy } from '../study/api-types';
import type { ComparePage, ItemInSlice, ItemPage } from './api-types';
import { itemInRuns } from './runs';

/** A study under way: one at a time for each item. */
export const studyKey = (contentId: number) => `study:${contentId}`;

interface Found {
  snapshotId: string;
  item: RankedItem;
  detail: ItemDetail | null;
}

/** Items in some snapshots, with what stands behind their figures. */
async function findIn(knex: Knex, snapshots: Snapshot[], contentIds: number[]): Promise<Found[]> {
  const rows: (ItemRow & { snapshot_id: string; detail: string | null })[] = await withContents(
    knex('clv_snapshot_items as i')
      .whereIn(
        'i.snapshot_id',
        snapshots.map(({ head }) => head.id),
      )
      .whereIn('i.content_id', contentIds),
  ).select('i.snapshot_id', 'i.detail');
  return rows.map((row) => ({
    snapshotId: row.snapshot_id,
    item: toRankedItem(row),
    detail: row.detail === null ? null : JSON.parse(row.detail),
  }));
}

const ofEveryone = ({ head }: Snapshot) => head.sliceOf === '';

/** The snapshot of everyone that was asked for, or the one that is shown first among those that hold the item. */
function chosen(snapshots: Snapshot[], landmark: string | undefined): Snapshot | null {
  return landmark === undefined
    ? (chooseSnapshot(snapshots, {}) ?? snapshots[0] ?? null)
    : (snapshots.find(({ head }) => head.landmark === landmark) ?? null);
}

/** Everything that is known of one item; null when there never was such an item. */
export async function itemPage(
  knex: Knex,
  contentId: number,
  landmark: string | undefined,
): Promise<ItemPage | null> {
  const content = await contentOf(knex, contentId);
  if (!content) return null;
  const snapshots = await latestSnapshots(knex);
  const found = await findIn(knex, snapshots, [contentId]);
  const holds = ({ head }: Snapshot) => found.some(({ snapshotId }) => snapshotId === head.id);
  const everyone = snapshots.filter(ofEveryone).filter(holds);
  const snapshot = chosen(everyone, landmark);
  const jobId = snapshots[0]?.head.jobId;
  const section = <Body>(name: string) =>
    jobId === undefined ? null : itemSection<Body>(knex, jobId, name, contentId);
  const shown = snapshot && found.find(({ snapshotId }) => snapshotId === snapshot.head.id);
  const at = snapshot?.head.landmark;
  const study = at === undefined ? null : await keptStudy(knex, contentId, at);
  const distributions = await section<ItemDistribution>(DISTRIBUTION);
  return {
    content,
    landmarks: everyone.map(({ head }) => head.landmark),
    ranked: snapshot && shown ? { snapshot: snapshot.head, item: shown.item, detail: shown.detail } : null,
    slices: snapshots.flatMap((one) => {
      const inSlice = found.find(({ snapshotId }) => snapshotId === one.head.id);
      return inSlice && !ofEveryone(one) && one.head.landmark === at ? [sliceOf(one, inSlice)] : [];
    }),
    runs: at === undefined ? [] : await itemInRuns(knex, contentId, at),
    distribution: (at !== undefined && distributions?.[at]) || null,
    attribution: await section<ItemAttribution>('attribution'),
    journeys: jobId === undefined ? null : await journeysOf(knex, jobId, contentId),
    study,
    excessEValue: study && shown ? excessEValue(shown.item, study.study) : null,
    studying: await holderOf(knex, studyKey(contentId)),
  };
}

/** Some items of one ranking, to be held against each other. */
export async function comparePage(
  knex: Knex,
  contentIds: number[],
  landmark: string | undefined,
): Promise<ComparePage> {
  const everyone = (await latestSnapshots(knex)).filter(ofEveryone);
  const snapshot = chosen(everyone, landmark);
  const found = snapshot ? await findIn(knex, [snapshot], contentIds) : [];
  return {
    landmarks: everyone.map(({ head }) => head.landmark),
    snapshot: snapshot?.head ?? null,
    items: contentIds.flatMap((id) => {
      const one = found.find(({ item }) => item.contentId === id);
      return one ? [{ item: one.item, detail: one.detail }] : [];
    }),
  };
}

async function contentOf(knex: Knex, contentId: number): Promise<ItemPage['content'] | null> {
  const row = await knex('clv_contents')
    .where({ id: contentId })
    .first('uid', 'document_id', 'locale', 'kind', 'title', 'unpublished_at', 'deleted_at');
  if (!row) return null;
  const { uid, document_id: documentId, locale, kind, title, unpublished_at, deleted_at } = row;
  const time = (value: number | string | null) => (value === null ? null : Number(value));
  const gone = { unpublishedAt: time(unpublished_at), deletedAt: time(deleted_at) };
  return { contentId, uid, documentId, locale, kind, title, ...gone };
}

function sliceOf({ head }: Snapshot, { item }: Found): ItemInSlice {
  const { exposed, unexposed, verdict, excess, excessLow, excessHigh } = item;
  const { adjustedDifference, adjustedDifferenceLow, adjustedDifferenceHigh } = item;
  const adjusted = { adjustedDifference, adjustedDifferenceLow, adjustedDifferenceHigh };
  const told = { exposed, unexposed, verdict, excess, excessLow, excessHigh, ...adjusted };
  const { sliceOf: of, slice: value, population, report } = head;
  return { of, value, population, typical: report.typical !== null, ...told };
}

async function keptStudy(knex: Knex, contentId: number, landmark: string): Promise<KeptStudy | null> {
  const row = await knex('clv_item_studies').where({ content_id: contentId, landmark }).first();
  return row
    ? { jobId: row.job_id, createdAt: Number(row.created_at), study: JSON.parse(row.body) as ItemStudy }
    : null;
}

function excessEValue({ excess, excessLow, excessHigh }: RankedItem, { spread }: ItemStudy): EValue | null {
  return excess === null || excessLow === null || excessHigh === null || spread === null
    ? null
    : eValue({ estimate: excess, low: excessLow, high: excessHigh, spread });
}

async function journeysOf(knex: Knex, jobId: string, contentId: number): Promise<ItemPage['journeys']> {
  const item = await itemSection<ItemJourneys>(knex, jobId, JOURNEYS, contentId);
  const report = item && (await runSection<JourneysReport>(knex, jobId, JOURNEYS));
  if (!report) return null;
  const { currency, fewest, needed } = report;
  return { item, contents: await contentNames(knex, namedIn(item)), report: { currency, fewest, needed } };
}

const namedIn = ({ before, next }: ItemJourneys) => [...before, ...next].map((one) => one.contentId);
