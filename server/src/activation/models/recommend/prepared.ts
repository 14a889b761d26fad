import type { ModelItem, RecommendationModel } from './types';

/** Groups that items are in, such as topics: those of item `i` stand at the places from `start[i]` to `start[i + 1]`. */
export interface Groups {
  names: string[];
  start: Uint32Array;
  of: Uint32Array;
  /** Share of all reading that is of the group; an item of several counts in equal parts. */
  share: Float64Array;
}

/** A model laid out for ranking: by index of the item. */
export interface Prepared {
  /** Place in the order of keys, by which ties are broken. */
  place: Uint32Array;
  indexOf: ReadonlyMap<number, number>;
  /** log of how likely it is read when shown, over the mean item's, whoever it is shown to. */
  appeal: Float64Array;
  publishedAt: Float64Array;
  /** Persons who read it. */
  readers: Float64Array;
  topics: Groups;
  kinds: Groups;
  /** By channel and by tier, made when first asked for. */
  channels: Map<string, Float64Array>;
  gains: Map<string | null, Float64Array>;
}

/** Readers that the mean item lends to every other, so that one that hardly anyone met is taken for an ordinary one. */
const LENT = 30;

/**
 * Reach is how often an item was met times how often it is read by who meets it. The data do not tell one from the other: both
 * are taken to vary alike, and then half of its logarithm is the item's own.
 */
const OWN_PART = 0.5;

const cache = new WeakMap<RecommendationModel, Prepared>();

/** Lays out a model, once. */
export function prepared(model: RecommendationModel): Prepared {
  let found = cache.get(model);
  if (!found) {
    found = prepare(model);
    cache.set(model, found);
  }
  return found;
}

function prepare({ items, persons }: RecommendationModel): Prepared {
  // Sums are taken in the order of keys, so that they are the same to the last bit however items are numbered.
  const byKey = [...items.keys()].sort((a, b) => (items[a]!.key < items[b]!.key ? -1 : 1));
  const place = new Uint32Array(items.length);
  for (const [position, index] of byKey.entries()) place[index] = position;
  let total = 0;
  for (const index of byKey) total += items[index]!.reach;
  const mean = items.length > 0 ? total / items.length : 0;
  return {
    place,
    indexOf: new Map(items.map(({ contentId }, index) => [contentId, index])),
    appeal: Float64Array.from(items, ({ reach }) => {
      if (mean === 0) return 0;
      const shrunken = (reach * persons + LENT * mean) / (persons + LENT);
      return OWN_PART * Math.log(shrunken / mean);
    }),
    publishedAt: Float64Array.from(items, ({ publishedAt }) => publishedAt ?? Number.NEGATIVE_INFINITY),
    readers: Float64Array.from(items, ({ reach }) => Math.round(reach * persons)),
    topics: groupsOf(items, byKey, ({ topics }) => topics),
    kinds: groupsOf(items, byKey, ({ kind }) => [kind]),
    channels: new Map(),
    gains: new Map(),
  };
}

function groupsOf(items: ModelItem[], byKey: number[], of: (item: ModelItem) => string[]): Groups {
  const names = [...new Set(items.flatMap(of))].sort();
  const numberOf = new Map(names.map((name, number) => [name, number]));
  const start = new Uint32Array(items.length + 1);
  const flat: number[] = [];
  for (const [index, item] of items.entries()) {
    for (const name of new Set(of(item))) flat.push(numberOf.get(name)!);
    start[index + 1] = flat.length;
  }
  const share = new Float64Array(names.length);
  let total = 0;
  for (const index of byKey) {
    const { reach } = items[index]!;
    const many = start[index + 1]! - start[index]!;
    if (many === 0) continue;
    total += reach;
    for (let i = start[index]!; i < start[index + 1]!; i++) share[flat[i]!]! += reach / many;
  }
  return {
    names,
    start,
    of: Uint32Array.from(flat),
    share: share.map((sum) => (total > 0 ? sum / total : 0)),
  };
}
