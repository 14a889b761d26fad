import {
  ordered,
  type Ranked,
  type RankOptions,
  type RecommendationModel,
  rank,
  type Scored,
  type Strategy,
  type Taste,
} from '../models/recommend';
import type { Reason, Recommendation } from './api-types';
import { type Catalogue, documentOf } from './catalogue/catalogue';

export interface Wish {
  /** Content types that whoever asks may read and wants, by uid. */
  uids: ReadonlySet<string>;
  locale: string;
  /** Documents that are not wanted: `<uid>/<documentId>`. */
  exclude: ReadonlySet<string>;
  /** Only these keys, where filters were asked for. */
  only: ReadonlySet<string> | null;
  strategy: Strategy;
  taste: Taste;
  /** Whether what was read comes last; else it is treated as any other item. */
  readLast: boolean;
  limit: number;
  now: number;
}

/** Indexes of what may be shown. */
function candidatesOf(catalogue: Catalogue, { uids, locale, exclude, only }: Wish): number[] {
  const excluded = new Set([...exclude].flatMap((document) => catalogue.byDocument.get(document) ?? []));
  const candidates: number[] = [];
  for (const uid of uids) {
    for (const index of catalogue.ofType(uid, locale)) {
      if (excluded.has(index) || (only && !only.has(catalogue.model.items[index]!.key))) continue;
      candidates.push(index);
    }
  }
  return candidates;
}

/** By index: when the item's document was last read, in whatever language. */
function lastReads({ byContent, byDocument, contents }: Catalogue, { read }: Taste): Map<number, number> {
  const reads = new Map<number, number>();
  for (const [contentId, { lastAt }] of read) {
    const content = contents[byContent.get(contentId) ?? -1];
    for (const index of content ? byDocument.get(documentOf(content))! : [])
      reads.set(index, Math.max(lastAt, reads.get(index) ?? 0));
  }
  return reads;
}

interface ReadBefore {
  index: number;
  readBefore: true;
}

/** Items in the order of a strategy. */
type By<One extends Scored> = (model: RecommendationModel, taste: Taste, options: RankOptions) => One[];

/** All items in an order: what was not read by the strategy, then what was, that which was read longest ago first. */
export const order = (catalogue: Catalogue, wish: Wish): (Scored | ReadBefore)[] =>
  orderBy(ordered, catalogue, wish);

function orderBy<One extends Scored>(by: By<One>, catalogue: Catalogue, wish: Wish): (One | ReadBefore)[] {
  const { strategy, now, limit, taste } = wish;
  const candidates = candidatesOf(catalogue, wish);
  const options = { strategy, now, limit, withRead: true };
  if (!wish.readLast) return by(catalogue.model, taste, { ...options, indexes: candidates });

  const reads = lastReads(catalogue, taste);
  const unread = candidates.filter((index) => !reads.has(index));
  const ranked = by(catalogue.model, taste, { ...options, indexes: unread });
  if (ranked.length >= limit || unread.length === candidates.length) return ranked;
  const again = candidates.filter((index) => reads.has(index));
  again.sort((a, b) => reads.get(a)! - reads.get(b)! || a - b);
  return [
    ...ranked,
    ...again.slice(0, limit - ranked.length).map((index) => ({ index, readBefore: true as const })),
  ];
}

function reasonOf({ model, contents }: Catalogue, { uids }: Wish, { reason }: Ranked): Reason {
  if (reason.kind !== 'read-together') return reason;
  const { key, title } = model.items[reason.index]!;
  const content = contents[reason.index];
  // What is gone, or not for whoever asks, is not named.
  const isThere = content && content.unpublishedAt === null && content.deletedAt === null;
  return isThere && uids.has(content.uid) ? { kind: 'read-together', key, title } : { kind: 'popular' };
}

/** Items for somebody, best first, each with its reason. */
export function recommend(catalogue: Catalogue, wish: Wish): Recommendation[] {
  return orderBy(rank, catalogue, wish).map((placed) => {
    const { key, title, kind } = catalogue.model.items[placed.index]!;
    const { uid, documentId, locale } = catalogue.contents[placed.index]!;
    const isAgain = 'readBefore' in placed;
    return {
      key,
      uid,
      documentId,
      locale: locale || null,
      kind,
      title,
      score: isAgain ? 0 : Number(placed.score.toPrecision(6)),
      reason: isAgain ? { kind: 'read-before' } : reasonOf(catalogue, wish, placed),
    };
  });
}
