import type { PersonTouch } from '../../../../clv/people/touches';

/** What somebody read. Times are epoch milliseconds. */
export interface Reading {
  firstAt: number | null;
  lastAt: number | null;
  /** Numbers of content items. */
  last: number | null;
  top: number | null;
  /** Seconds of the last 90 days. */
  attention: number;
}

type Touch = Pick<PersonTouch, 'contentId' | 'at' | 'kind' | 'seconds'>;

const DAY = 86_400_000;
/** The days that the reading score looks back. */
export const SCORE_DAYS = 90;
/** Seconds that a download stands for: what is read of a file nobody measures. */
const DOWNLOAD = 300;
/** Seconds of a view whose time was not measured, such as one that only the server saw. */
const UNMEASURED = 15;

const attentionOf = ({ kind, seconds }: Touch): number =>
  kind === 'download' ? DOWNLOAD : seconds || UNMEASURED;

/** Seconds of attention in the 90 days before a moment. */
export function attentionBefore(touches: readonly Touch[], until: number): number {
  const from = until - SCORE_DAYS * DAY;
  return touches.reduce(
    (sum, touch) => (touch.at >= from && touch.at < until ? sum + attentionOf(touch) : sum),
    0,
  );
}

/** Of touches in any order. The longest read is the item with the most attention; of equals, the one read later. */
export function readingOf(touches: readonly Touch[], until: number): Reading {
  const items = new Map<number, { attention: number; lastAt: number }>();
  let first: Touch | null = null;
  let last: Touch | null = null;
  for (const touch of touches) {
    if (!first || touch.at < first.at) first = touch;
    if (!last || touch.at >= last.at) last = touch;
    const item = items.get(touch.contentId) ?? { attention: 0, lastAt: touch.at };
    item.attention += attentionOf(touch);
    item.lastAt = Math.max(item.lastAt, touch.at);
    items.set(touch.contentId, item);
  }
  const [top] = [...items].sort(([, a], [, b]) => b.attention - a.attention || b.lastAt - a.lastAt);
  return {
    firstAt: first?.at ?? null,
    lastAt: last?.at ?? null,
    last: last?.contentId ?? null,
    top: top?.[0] ?? null,
    attention: attentionBefore(touches, until),
  };
}

/** How much others read: quantiles of the attention of all who read in the 90 days before a run, from none to all of them. */
export interface ReadingDistribution {
  readers: number;
  quantiles: number[];
}

/** With fewer readers a place among them says nothing. */
const FEWEST_READERS = 20;
const STEPS = 100;

/** @param attention of everyone who read; sorted in place */
export function distributionOf(attention: Float64Array): ReadingDistribution {
  attention.sort();
  const readers = attention.length;
  const quantiles =
    readers === 0
      ? []
      : Array.from({ length: STEPS + 1 }, (_, i) => attention[Math.round((i / STEPS) * (readers - 1))]!);
  return { readers, quantiles };
}

/**
 * The reading score: the share of readers who read less, in per cent, those who read just as much counted by half. 0 for
 * whoever read nothing in the 90 days; null while there are fewer than 20 readers to compare with.
 */
export function scoreOf(attention: number, { readers, quantiles }: ReadingDistribution): number | null {
  if (readers < FEWEST_READERS) return null;
  if (attention === 0) return 0;
  const below = quantiles.filter((quantile) => quantile < attention).length;
  const equal = quantiles.filter((quantile) => quantile === attention).length;
  return Math.min(100, Math.max(1, Math.round((100 * (below + equal / 2)) / quantiles.length)));
}
