import type { Knex } from 'knex';
import type { Figures, ItemDetail } from '../../../ranking/api-types';
import { chooseSnapshot, latestSnapshots, type Snapshot } from '../../../ranking/snapshots/latest';
import { itemSections, runSection } from '../../../ranking/snapshots/sections';
import { type ItemTogether, TOGETHER, type TogetherReport } from '../../../ranking/together/section';
import { TOPIC_SEPARATOR } from '../../../tracking/contents/content-rows';
import { keyOf } from '../../../tracking/contents/registry';
import { type KnownItem, modelOf } from '../../models/recommend/model-of';
import type { RecommendationModel } from '../../models/recommend/types';

/**
 * The model of the latest ranking: what everyone's ranking and those of the tiers say at the landmark that screens show, who
 * reads what, and what items are about now. Of all that is on the site, what came out since the run too.
 *
 * @returns null before the first run
 */
export async function composeModel(knex: Knex): Promise<RecommendationModel | null> {
  const snapshots = await latestSnapshots(knex);
  const everyone = chooseSnapshot(snapshots, {});
  if (!everyone) return null;
  const { jobId, landmark, createdAt, refreshedAt } = everyone.head;
  const report = await runSection<TogetherReport>(knex, jobId, TOGETHER);
  const readership = await itemSections<ItemTogether>(knex, jobId, TOGETHER);
  const readershipOf = new Map(readership.map((item) => [item.contentId, item]));
  const ranked = await figuresOf(knex, everyone);
  const tiers = new Map<string, Map<number, RankedFigures>>();
  for (const snapshot of snapshots) {
    const { sliceOf, slice } = snapshot.head;
    if (sliceOf === 'tier' && snapshot.head.landmark === landmark)
      tiers.set(slice, await figuresOf(knex, snapshot));
  }
  const items = (await itemsOnSite(knex)).map((item): KnownItem => {
    const found = ranked.get(item.contentId);
    const inTiers = [...tiers].flatMap(([tier, figures]) => {
      const ofTier = figures.get(item.contentId);
      return ofTier ? [[tier, ofTier] as const] : [];
    });
    return {
      ...item,
      ...(found && { ranked: found }),
      inTiers: Object.fromEntries(inTiers),
      readership: readershipOf.get(item.contentId),
    };
  });
  const madeAt = refreshedAt ?? createdAt;
  const spread = everyone.head.report.typical?.spread ?? 0;
  return modelOf(items, { jobId, madeAt, landmark, persons: report?.persons ?? 0 }, spread);
}

type RankedFigures = Pick<Figures, 'verdict' | 'excess' | 'excessLow' | 'excessHigh' | 'rho'> &
  Pick<ItemDetail, 'standardError'>;

/** By content id; slices keep no detail, and so no standard error. */
async function figuresOf(knex: Knex, { head }: Snapshot): Promise<Map<number, RankedFigures>> {
  const rows = await knex('clv_snapshot_items')
    .where({ snapshot_id: head.id })
    .select('content_id', 'figures', 'detail');
  return new Map(
    rows.map(({ content_id, figures, detail }) => {
      const { verdict, excess, excessLow, excessHigh, rho }: Figures = JSON.parse(figures);
      const { standardError }: Pick<ItemDetail, 'standardError'> = detail
        ? JSON.parse(detail)
        : { standardError: null };
      return [Number(content_id), { verdict, excess, excessLow, excessHigh, rho, standardError }];
    }),
  );
}

type OnSite = Omit<KnownItem, 'ranked' | 'inTiers' | 'readership'>;

async function itemsOnSite(knex: Knex): Promise<OnSite[]> {
  const rows = await knex('clv_contents')
    .whereNotNull('published_at')
    .whereNull('unpublished_at')
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id', 'uid', 'document_id', 'locale', 'kind', 'title', 'topic', 'published_at');
  return rows.map(({ id, uid, document_id, locale, kind, title, topic, published_at }) => ({
    contentId: Number(id),
    key: keyOf({ uid, documentId: document_id, locale }),
    kind,
    locale,
    title,
    topics: topic ? String(topic).split(TOPIC_SEPARATOR) : [],
    publishedAt: Number(published_at),
  }));
}
