import type { Fit } from './fit';
import type { Interests } from './interests';
import type { Prepared } from './prepared';
import type { Ranked, RecommendationModel, Taste } from './types';

type Reason = Ranked['reason'];

/**
 * What speaks most for an item, of that which is true of it: a topic only if the person read of it, value only where more of
 * it is expected than of an ordinary item. Where nothing speaks for it, it is named popular if anyone read it, else new.
 */
export function reasonOf(
  model: RecommendationModel,
  layout: Prepared,
  { taste, interests, fit, gains }: { taste: Taste; interests: Interests; fit: Fit; gains: Float64Array },
  index: number,
): Reason {
  const item = model.items[index]!;
  const isOfTier = taste.tier !== null && Object.hasOwn(item.byTier, taste.tier);
  const spoken: [number, () => Reason | null][] = [
    [fit.topic[index]!, () => topicReason(layout, interests, index)],
    [fit.together[index]!, () => togetherReason(model, interests, index)],
    [gains[index]!, () => ({ kind: 'value', tier: isOfTier ? taste.tier : null })],
    [
      fit.channel ? fit.channelPart * fit.channel[index]! : 0,
      () => ({ kind: 'channel', channel: taste.channel! }),
    ],
    [fit.fresh[index]! > NEW_ENOUGH ? fit.fresh[index]! : 0, () => ({ kind: 'new' })],
    [layout.appeal[index]!, () => ({ kind: 'popular' })],
  ];
  spoken.sort(([a], [b]) => b - a);
  for (const [log, reason] of spoken) {
    const found = log > 0 ? reason() : null;
    if (found) return found;
  }
  return { kind: item.reach > 0 ? 'popular' : 'new' };
}

/** Less than half of what a new item is given: then it is new no more. */
const NEW_ENOUGH = 0.1;

/** Of the item's topics that one which the person reads most, over the average. */
function topicReason(
  { topics }: Prepared,
  { reads, topics: lifts }: Interests,
  index: number,
): Reason | null {
  let best = -1;
  for (let i = topics.start[index]!; i < topics.start[index + 1]!; i++) {
    const topic = topics.of[i]!;
    if (lifts[topic]! > 0 && (best < 0 || lifts[topic]! > lifts[best]!)) best = topic;
  }
  if (best < 0) return null;
  const hasRead = reads.some(({ index: read }) =>
    topics.of.subarray(topics.start[read]!, topics.start[read + 1]!).includes(best),
  );
  return hasRead ? { kind: 'topic', topic: topics.names[best]! } : null;
}

/** The read that tells most of the item. */
function togetherReason({ items }: RecommendationModel, { reads }: Interests, index: number): Reason | null {
  let most = 0;
  let best = -1;
  for (const { index: read, weight } of reads) {
    const lift = items[read]!.together.find(([other]) => other === index)?.[1] ?? 0;
    if (weight * lift > most) {
      most = weight * lift;
      best = read;
    }
  }
  return best < 0 ? null : { kind: 'read-together', index: best };
}
