import { arrange } from './arrange';
import { fitOf } from './fit';
import { gainsOf } from './gain';
import { interestsOf } from './interests';
import { prepared } from './prepared';
import { reasonOf } from './reason';
import { simplyRanked } from './simply-ranked';
import type { Ranked, RecommendationModel, Scored, Strategy, Taste } from './types';

export interface RankOptions {
  strategy: Strategy;
  /** Epoch ms: interests fade and items age up to here. */
  now: number;
  /** Items of the model that may be shown; all unless told. */
  indexes?: readonly number[];
  limit: number;
  /** Whether to list what was read as well, after all that is as good and was not. */
  withRead?: boolean;
}

/**
 * Items for somebody, best first. The score of `recommended` is the value that showing an item is expected to go with, over
 * that of an ordinary item shown to somebody of whom nothing is known: P(read | shown) × the value that goes with reading
 * it. The same question always has the same answer; ties go by key.
 */
export function rank(model: RecommendationModel, taste: Taste, options: RankOptions): Ranked[] {
  const { strategy } = options;
  if (strategy !== 'recommended') return simplyRankedFor(model, taste, { ...options, strategy });
  const { scored, known, layout } = scoredFor(model, taste, options);
  return scored.map((one) => ({ ...one, reason: reasonOf(model, layout, known, one.index) }));
}

/** The same without reasons, which of a long list cost as much as its order does. */
export function ordered(model: RecommendationModel, taste: Taste, options: RankOptions): Scored[] {
  const { strategy } = options;
  if (strategy !== 'recommended') return simplyRankedFor(model, taste, { ...options, strategy });
  return scoredFor(model, taste, options).scored;
}

function simplyRankedFor(
  model: RecommendationModel,
  taste: Taste,
  {
    strategy,
    limit,
    indexes,
    withRead = false,
  }: RankOptions & { strategy: Exclude<Strategy, 'recommended'> },
): Ranked[] {
  const candidates = candidatesOf(model, taste, indexes, withRead);
  return simplyRanked(model, prepared(model), candidates, { strategy, limit });
}

function scoredFor(
  model: RecommendationModel,
  taste: Taste,
  { now, limit, indexes, withRead = false }: RankOptions,
) {
  const layout = prepared(model);
  const candidates = candidatesOf(model, taste, indexes, withRead);
  const interests = interestsOf(layout, taste, now);
  const fit = fitOf(model, layout, { taste, interests }, candidates, now);
  const gains = gainsOf(layout, model, taste.tier);
  const scores = new Float64Array(model.items.length);
  for (const i of candidates) scores[i] = Math.exp(fit.total[i]! + gains[i]!);
  const hasRead = (index: number) => taste.read.has(model.items[index]!.contentId);
  const order = arrange(layout, scores, candidates, { limit, now, hasRead });
  const scored: Scored[] = order.map((index) => ({ index, score: scores[index]! }));
  return { scored, known: { taste, interests, fit, gains }, layout };
}

function candidatesOf(
  { items }: RecommendationModel,
  { read }: Taste,
  indexes: readonly number[] | undefined,
  withRead: boolean,
): number[] {
  const candidates: number[] = [];
  const take = (index: number) => {
    if (withRead || !read.has(items[index]!.contentId)) candidates.push(index);
  };
  if (indexes) for (const index of indexes) take(index);
  else for (let index = 0; index < items.length; index++) take(index);
  return candidates;
}
