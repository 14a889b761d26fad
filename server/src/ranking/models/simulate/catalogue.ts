import { seededRandom } from '../../../stats/seeded-random';
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
}

export interface CatalogueOptions {
  contents: number;
  seed: number;
  /** Effects in minor units that replace the drawn ones, by content id. */
  effects?: ReadonlyMap<string, number>;
}

const DAY = 86_400_000;
/** Everything is out before the first customer comes: an item's age is then no reason for a difference in value. */
const LAST_PUBLICATION = Date.UTC(2024, 0, 1);
/** Of the least and of the most read item, up to 40 items; more of them share the same readers. */
const REACH = { least: 0.03, most: 0.3, items: 40 };
const TRUE_SHARE = 0.2;
/** In minor units; a customer is worth about 20,000. */
const EFFECT = { least: 6000, most: 12_000 };

/** Draws the items of a world: reach spread evenly over a factor of ten, and every fifth item truly raising value. */
export function drawCatalogue(
  { contents, seed, effects }: CatalogueOptions,
  topics: readonly Topic[] = [],
): SimulatedItem[] {
  const random = seededRandom(seed, 0);
  const numbers = Array.from({ length: contents }, (_, i) => i);
  const byReach = shuffled(numbers, random);
  const isTrue = new Set(shuffled(numbers, random).slice(0, Math.round(contents * TRUE_SHARE)));
  const width = String(contents).length;
  return numbers.map((number) => {
    const contentType = random() < 0.3 ? 'white-paper' : 'article';
    const publishedAt = LAST_PUBLICATION - DAY * (1 + Math.floor(random() * 365));
    const drawn = Math.round(EFFECT.least + random() * (EFFECT.most - EFFECT.least));
    const contentId = `${contentType}-${String(number + 1).padStart(width, '0')}`;
    return {
      contentId,
      contentType,
      title: titleOf(contentType, number),
      publishedAt,
      reach: reachOf(byReach[number]!, contents),
      effect: effects?.get(contentId) ?? (isTrue.has(number) ? drawn : 0),
      ...(topics.length > 0 && { topic: topicOf(seed, topics, number, contents) }),
    };
  });
}

/** Reach by place in the order of popularity, on a logarithmic scale. */
function reachOf(place: number, contents: number): number {
  const along = contents === 1 ? 0.5 : place / (contents - 1);
  const share = Math.exp(Math.log(REACH.least) + along * Math.log(REACH.most / REACH.least));
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
