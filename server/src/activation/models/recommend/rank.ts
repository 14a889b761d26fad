import { arrange } from './arrange';
import { fitOf } from './fit';
import { gainsOf } from './gain';
import { interestsOf } from './interests';
import { prepared } from './prepared';
import { reasonOf } from './reason';
import { simplyRanked } from './simply-ranked';
import type { Ranked, RecommendationModel, Strategy, Taste } from './types';

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
  const { strategy, now, limit, withRead = false } = options;
  const layout = prepared(model);
  const candidates = candidatesOf(model, taste, options.indexes, withRead);
  if (strategy !== 'recommended') return simplyRanked(model, layout, candidates, { strategy, limit });

  const interests = interestsOf(layout, taste, now);
  const fit = fitOf(model, layout, { taste, interests }, candidates, now);
  const gains = gainsOf(layout, model, taste.tier);
  const scores = new Float64Array(model.items.length);
  for (const i of candidates) scores[i] = Math.exp(fit.total[i]! + gains[i]!);
  const known = { taste, interests, fit, gains };
  const hasRead = (index: number) => taste.read.has(model.items[index]!.contentId);
  return arrange(layout, scores, candidates, { limit, now, hasRead }).map((index) => ({
    index,
    score: scores[index]!,
    reason: reasonOf(model, layout, known, index),
  }));
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
