import { seededRandom } from '../../../stats/seeded-random';
import { DAY, START } from './calendar';
import { type Topic, topicOf } from './taste';
import { titleOf } from './titles';

/** A content item of a simulated world. */
export interface SimulatedItem {
  contentId: string;
  contentType: 'article' | 'white-paper';
  title: string;
  publishedAt: number;
  /** Share of ordinary customers who read it before their first order. */
  reach: number;
  /** By how much reading it before the first order raises the expected value, in minor units. */
  effect: number;
  /** In worlds with topics. */
  topic?: string;
  /** Of a support page: mean number of reads that an order brings. */
  readsPerOrder?: number;
}

export interface CatalogueOptions {
  contents: number;
  seed: number;
  /** Effects in minor units that replace the drawn ones, by content id. */
  effects?: ReadonlyMap<string, number>;
  /** Share of the items that raise value; a fifth unless told. */
  trueShare?: number;
  /** How many times as many people read the most read item as the least read one; ten unless told. */
  reachRatio?: number;
  /** How many of the items are support pages; none unless told. */
  support?: number;
}

/** Everything is out before the first customer comes: an item's age is then no reason for a difference in value. */
const LAST_PUBLICATION = START;
/** Of the least and of the most read item, up to 40 items; more of them share the same readers. */
const REACH = { most: 0.3, ratio: 10, items: 40 };
const TRUE_SHARE = 0.2;
/** How many read a support page before they are customers, of those who would read another item at its place. */
const SUPPORT_REACH = 0.05;
/** In minor units; a customer is worth about 20,000. */
const EFFECT = { least: 6000, most: 12_000 };

/**
 * Draws the items of a world: reach spread evenly on a logarithmic scale, and a share of them truly raising value.
 *
 * @throws RangeError when there are fewer items without an effect than support pages
 */
export function drawCatalogue(options: CatalogueOptions, topics: readonly Topic[] = []): SimulatedItem[] {
  const { contents, seed, effects, reachRatio = REACH.ratio, support = 0 } = options;
  const random = seededRandom(seed, 0);
  const numbers = Array.from({ length: contents }, (_, i) => i);
  const byReach = shuffled(numbers, random);
  const isTrue = new Set(shuffled(numbers, random).slice(0, trueItems(options)));
  const ordinary = numbers.filter((number) => !isTrue.has(number));
  if (support > ordinary.length) {
    throw new RangeError(
      `${support} support pages need as many items without effect, not ${ordinary.length}`,
    );
  }
  const isSupport = new Set(shuffled(ordinary, seededRandom(seed, 7)).slice(0, support));
  const width = String(contents).length;
  return numbers.map((number) => {
    const contentType = random() < 0.3 ? 'white-paper' : 'article';
    const publishedAt = LAST_PUBLICATION - DAY * (1 + Math.floor(random() * 365));
    const drawn = Math.round(EFFECT.least + random() * (EFFECT.most - EFFECT.least));
    const reach = reachOf(byReach[number]!, contents, reachRatio);
    const contentId = `${contentType}-${String(number + 1).padStart(width, '0')}`;
    return {
      contentId,
      contentType,
      title: titleOf(contentType, number),
      publishedAt,
      reach: isSupport.has(number) ? reach * SUPPORT_REACH : reach,
      effect: effects?.get(contentId) ?? (isTrue.has(number) ? drawn : 0),
      ...(topics.length > 0 && { topic: topicOf(seed, topics, number, contents) }),
      ...(isSupport.has(number) && { readsPerOrder: reach }),
    };
  });
}

/** How many items raise value. */
export function trueItems({ contents, trueShare = TRUE_SHARE }: CatalogueOptions): number {
  return Math.round(contents * trueShare);
}

/** Reach by place in the order of popularity, on a logarithmic scale. */
function reachOf(place: number, contents: number, ratio: number): number {
  const along = contents === 1 ? 0.5 : place / (contents - 1);
  const share = Math.exp(Math.log(REACH.most / ratio) + along * Math.log(ratio));
  return share * Math.min(1, REACH.items / contents);
}

/** A random order (Fisher and Yates). */
function shuffled(values: number[], random: () => number): number[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
