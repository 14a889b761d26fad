import { type Interests, liftOf } from './interests';
import type { Prepared } from './prepared';
import type { RecommendationModel, Taste } from './types';

const DAY = 86_400_000;
/** Topics and items read together are two looks at the same liking. */
const TOGETHER_PART = 0.5;
/** Weight of reads at which the channel, which stands in for what is not known of somebody, tells half of what it did. */
const KNOWN_ENOUGH = 3;
/** In that time half of what a new item is given is taken back. */
const NEW_FOR = 14 * DAY;
const NEW_GIVEN = Math.log(1.25);
/** How likely an item is to be read again, over how likely it was. */
const AGAIN = Math.log(0.1);

/** What speaks for and against an item being read by somebody who is shown it: logs of ratios to the average. */
export interface Fit {
  /** By index. */
  topic: Float64Array;
  together: Float64Array;
  channel: Float64Array | null;
  /** By how much the channel counts. */
  channelPart: number;
  fresh: Float64Array;
  /** The sum of all that, with kind, appeal and novelty. */
  total: Float64Array;
}

/**
 * log P(read | shown) of each candidate, up to a number that is the same for all: the item's appeal, the liking for its
 * topics and its kind, what its readers read besides, the channel while little else is known, and how new it is.
 *
 * @param candidates indexes of the items asked for; others stay 0
 */
export function fitOf(
  model: RecommendationModel,
  layout: Prepared,
  { taste, interests }: { taste: Taste; interests: Interests },
  candidates: Iterable<number>,
  now: number,
): Fit {
  const { appeal, topics, kinds, publishedAt } = layout;
  const count = model.items.length;
  const together = togetherOf(model, interests);
  const channel = channelOf(model, layout, taste.channel);
  const channelPart = KNOWN_ENOUGH / (KNOWN_ENOUGH + interests.known);
  const topic = new Float64Array(count);
  const fresh = new Float64Array(count);
  const total = new Float64Array(count);
  for (const i of candidates) {
    topic[i] = liftOf(topics, interests.topics, i);
    const age = Math.max(0, now - publishedAt[i]!);
    const newness = age === Number.POSITIVE_INFINITY ? 0 : 0.5 ** (age / NEW_FOR);
    // Nobody can have read much of what has just come out.
    fresh[i] = newness * (NEW_GIVEN + Math.max(0, -appeal[i]!));
    total[i] =
      appeal[i]! +
      topic[i]! +
      liftOf(kinds, interests.kinds, i) +
      together[i]! +
      (channel ? channelPart * channel[i]! : 0) +
      fresh[i]!;
  }
  for (const { index } of interests.reads) total[index]! += AGAIN;
  return { topic, together, channel, channelPart, fresh, total };
}

/** What was read together with the person's reads, which tell partly the same: their sum grows with the root of their number. */
function togetherOf({ items }: RecommendationModel, { reads }: Interests): Float64Array {
  const sums = new Float64Array(items.length);
  let squares = 1;
  for (const { index, weight } of reads) {
    squares += weight * weight;
    for (const [other, lift] of items[index]!.together) sums[other]! += weight * lift;
  }
  const part = TOGETHER_PART / Math.sqrt(squares);
  for (let i = 0; i < sums.length; i++) sums[i]! *= part;
  return sums;
}

function channelOf(
  { items }: RecommendationModel,
  { channels }: Prepared,
  channel: string | null,
): Float64Array | null {
  if (channel === null) return null;
  let found = channels.get(channel);
  if (!found) {
    // Channels come from outside: only those that the model knows are kept.
    if (!items.some((item) => Object.hasOwn(item.channels, channel))) return null;
    found = Float64Array.from(items, (item) => item.channels[channel] ?? 0);
    channels.set(channel, found);
  }
  return found;
}
