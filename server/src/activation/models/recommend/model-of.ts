import { expectedExcesses, expectedInTier, type Measured, type MeasuredInTier } from './expected-excess';
import type { ModelItem, RecommendationModel } from './types';

/** An item that is on the site now, with what the latest ranking and its readership say of it, if they know it. */
export interface KnownItem
  extends Pick<ModelItem, 'contentId' | 'key' | 'kind' | 'locale' | 'title' | 'topics' | 'publishedAt'> {
  ranked?: Measured & { rho: number | null };
  inTiers?: Record<string, MeasuredInTier>;
  readership?: {
    reach: number;
    recent: number;
    /** Others by content id. */
    together: [contentId: number, lift: number][];
    channels: Record<string, number>;
  };
}

const UNKNOWN: Measured & { rho: number | null } = {
  verdict: 'not enough data',
  excess: null,
  standardError: null,
  rho: null,
};
const UNREAD: NonNullable<KnownItem['readership']> = { reach: 0, recent: 0, together: [], channels: {} };

/**
 * Makes the model that recommendations go by of what is known of each item.
 *
 * @param spread by how much ordinary items differ beyond chance, as the ranking reports it; 0 where it knows none
 */
export function modelOf(
  known: KnownItem[],
  head: Pick<RecommendationModel, 'jobId' | 'madeAt' | 'landmark' | 'persons'>,
  spread: number,
): RecommendationModel {
  const indexOf = new Map(known.map(({ contentId }, index) => [contentId, index]));
  const excesses = expectedExcesses(
    known.map(({ ranked = UNKNOWN, topics }) => ({ ...ranked, topics })),
    spread,
  );
  const tiers = [...new Set(known.flatMap(({ inTiers = {} }) => Object.keys(inTiers)))].sort();
  const byTier = new Map(
    tiers.map((tier) => [
      tier,
      expectedInTier(
        excesses,
        known.map(({ inTiers }) => inTiers?.[tier]),
      ),
    ]),
  );
  const items = known.map((item, index): ModelItem => {
    const { contentId, key, kind, locale, title, topics, publishedAt } = item;
    const { reach, recent, together, channels } = item.readership ?? UNREAD;
    return {
      contentId,
      key,
      kind,
      locale,
      title,
      topics,
      publishedAt,
      reach,
      recent,
      channels,
      excess: excesses[index]!,
      byTier: Object.fromEntries(
        tiers.flatMap((tier) => {
          const expected = byTier.get(tier)![index];
          return expected === undefined ? [] : [[tier, expected]];
        }),
      ),
      rho: item.ranked?.rho ?? null,
      together: together.flatMap(([other, lift]) => {
        const place = indexOf.get(other);
        return place === undefined ? [] : [[place, lift] as [number, number]];
      }),
    };
  });
  return { ...head, items };
}
