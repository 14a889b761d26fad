import type { Prepared } from './prepared';
import type { ModelItem, Ranked, RecommendationModel, Strategy } from './types';

const worth: Record<Exclude<Strategy, 'recommended'>, (item: ModelItem) => number> = {
  popular: ({ reach, recent }) => reach + recent,
  newest: ({ publishedAt }) => publishedAt ?? Number.NEGATIVE_INFINITY,
  plain: ({ rho }) => rho ?? Number.NEGATIVE_INFINITY,
};

/** Items in an order that is the same for everyone: by reach, of late and ever, by date, or by their plain correlation with value. */
export function simplyRanked(
  { items }: RecommendationModel,
  { place }: Prepared,
  candidates: number[],
  { strategy, limit }: { strategy: Exclude<Strategy, 'recommended'>; limit: number },
): Ranked[] {
  const scores = Float64Array.from(items, worth[strategy]);
  const order = candidates.toSorted((a, b) =>
    scores[a] === scores[b] ? place[a]! - place[b]! : scores[b]! - scores[a]!,
  );
  return order.slice(0, limit).map((index) => ({
    index,
    score: Number.isFinite(scores[index]!) ? scores[index]! : 0,
    reason: reasonOf(items[index]!, strategy),
  }));
}

function reasonOf({ rho, reach }: ModelItem, strategy: Exclude<Strategy, 'recommended'>): Ranked['reason'] {
  if (strategy === 'plain' && rho !== null && rho > 0) return { kind: 'value', tier: null };
  if (strategy === 'newest' || reach === 0) return { kind: 'new' };
  return { kind: 'popular' };
}
