import type {
  ModelItem,
  RecommendationModel,
  Taste,
} from '../../../../server/src/activation/models/recommend';

export const NOW = Date.UTC(2026, 5, 1);
export const DAY = 86_400_000;

/** An item like any other, unless told; its content id is 100 more than its place. */
export function modelWith(items: Partial<ModelItem>[]): RecommendationModel {
  return {
    jobId: 'run',
    madeAt: NOW,
    landmark: 'first-order',
    persons: 1_000,
    items: items.map((item, i) => ({
      contentId: 100 + i,
      key: `api::article.article/${String(i).padStart(4, '0')}`,
      kind: 'article',
      locale: '',
      title: `Piece ${i}`,
      topics: [],
      publishedAt: NOW - 400 * DAY,
      reach: 0.1,
      recent: 0.1,
      excess: 0,
      byTier: {},
      rho: null,
      channels: {},
      together: [],
      ...item,
    })),
  };
}

/** Somebody of whom nothing is known but what they read, by place of the item. */
export function tasteOf(read: number[] = [], more: Partial<Taste> = {}): Taste {
  return {
    tier: null,
    stage: null,
    channel: null,
    read: new Map(read.map((index) => [100 + index, { seconds: 60, lastAt: NOW - DAY }])),
    ...more,
  };
}
