import type { RecommendationModel } from '../../server/src/activation/models/recommend/types';
import type { History } from '../../server/src/ranking/models/history';
import { DAY, END } from '../../server/src/ranking/models/simulate/calendar';
import { type SimulatedCustomer, SPEND } from '../../server/src/ranking/models/simulate/customer';
import { drawTaste, PLAIN, type Taste } from '../../server/src/ranking/models/simulate/taste';
import { historyOfPeople, peopleOf, simulateWorld } from '../../server/src/ranking/models/simulate/world';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../server/src/stats/sample-normal';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import { seededRandom } from '../../server/src/stats/seeded-random';
import { type DescribedItem, modelOfHistory } from './model-of-history';

export interface RecommendWorldOptions {
  seed: number;
  customers: number;
  contents: number;
  confounding: number;
  /** How much what people read tells of their future; nobody likes anything more than others do without it. */
  reading?: number;
  trueShare: number;
  /** Share of the customers who came by the channel of the topic that they like most; the others came by any. */
  channelsTell: number;
  /** What a read is worth of whatever item, in minor units, and what it is worth for each time over that somebody likes its topic. */
  readWorth: number;
  likingWorth: number;
  /** Half of them were customers before, the others come for the first time. */
  visitors: number;
}

/** Somebody who comes to the site after the model was made, and is shown items there. */
export interface Visitor {
  /** Tells random numbers apart. */
  number: number;
  tier: string | null;
  channel: string;
  /** What they read before: by item, seconds and last time. */
  read: Map<number, { seconds: number; lastAt: number }>;
  /** What they will be worth whatever they are shown, in minor units. */
  otherwise: number;
  /** How much they read of what they see, on the scale of log odds. */
  keenness: number;
  liking: Float64Array;
}

export interface RecommendWorld {
  options: RecommendWorldOptions;
  model: RecommendationModel;
  items: DescribedItem[];
  /** Of the whole horizon, in minor units: by how much reading an item first raises what anyone is worth. */
  effects: number[];
  /** How inviting an item is to everyone, on the scale of log odds; reach tells a part of it. */
  draws: Float64Array;
  visitors: Visitor[];
}

/** When the site begins to recommend. */
export const NOW = END;
const TIERS = ['gold', 'silver', 'bronze'];
const SHARES = [0.2, 0.5];
/** Share of the items that come out just now, which nobody has read. */
const NEW_SHARE = 0.1;
const DRAW = { byReach: 0.3, own: 0.5 };
const KEENNESS = 0.6;

/**
 * A site of `clv simulate`, in whose past people read by taste and by reach, and whose heavy readers order more; the model
 * that our ranking makes of that past; and people who come afterwards. What a read does to them is known.
 */
export function recommendWorld(options: RecommendWorldOptions): RecommendWorld {
  const { seed, customers, contents } = options;
  const drawn = simulateWorld(options);
  const isNew = newItems(seed, contents);
  // Of what is not out yet nobody has had anything.
  const unread = new Map(
    drawn.items.flatMap(({ contentId }, i) => (isNew[i] ? [[contentId, 0] as const] : [])),
  );
  const world = simulateWorld({ ...options, effects: unread });
  const tasteOf = (number: number) =>
    options.reading === undefined ? PLAIN : drawTaste(seed, number, world.topics, options.reading);
  const people = peopleOf(world, customers).map((person) => ({
    ...person,
    touches: person.touches.filter(({ content }) => !isNew[content]),
  }));
  const items = drawn.items.map(({ contentId, contentType, topic, publishedAt }, i): DescribedItem => {
    const daysOut = seededRandom(seed, 305, i)() * 14 * DAY;
    return {
      key: contentId,
      kind: contentType,
      topics: topic === undefined ? [] : [topic],
      publishedAt: isNew[i] ? NOW - daysOut : publishedAt,
    };
  });
  const channels = Array.from({ length: customers + options.visitors }, (_, number) =>
    channelOf(options, number, tasteOf(number), drawn.items),
  );
  const tierOf = tiersOf(people);
  const history: History = { ...historyOfPeople(people, contents), channels: channels.slice(0, customers) };
  history.publishedAt = items.map(({ publishedAt }) => publishedAt);
  const random = seededRandom(seed, 300);
  const returning = Math.floor(options.visitors / 2);
  const visitors = Array.from({ length: options.visitors }, (_, i): Visitor => {
    const isReturning = i < returning;
    const number = isReturning ? i : customers + i;
    return {
      number,
      tier: isReturning ? tierOf[number]! : null,
      channel: channels[number]!,
      read: isReturning ? readsOf(people[number]!) : new Map(),
      ...lifeOf(seed, number),
      liking: Float64Array.from(drawn.items, (item) => tasteOf(number).liking(item)),
    };
  });
  return {
    options,
    model: modelOfHistory(history, items, { madeAt: NOW, tierOf }),
    items,
    effects: drawn.items.map(({ effect }) => effect),
    draws: Float64Array.from(
      drawn.items,
      ({ reach }) => DRAW.byReach * Math.log(reach / 0.1) + DRAW.own * sampleNormal(random),
    ),
    visitors,
  };
}

function newItems(seed: number, contents: number): boolean[] {
  const lots = Array.from({ length: contents }, (_, i) => ({ i, lot: seededRandom(seed, 301, i)() }));
  const chosen = lots.sort((a, b) => a.lot - b.lot).slice(0, Math.round(NEW_SHARE * contents));
  const isNew = new Array<boolean>(contents).fill(false);
  for (const { i } of chosen) isNew[i] = true;
  return isNew;
}

const CHANNELS = ['organic', 'newsletter', 'social', 'ads', 'fair', 'partner'];

function channelOf(
  { seed, channelsTell }: RecommendWorldOptions,
  number: number,
  taste: Taste,
  items: Parameters<Taste['liking']>[0][],
): string {
  const random = seededRandom(seed, 302, number);
  const topics = new Map(items.map((item) => [item.topic, taste.liking(item)]));
  const names = [...topics.keys()].sort();
  const tells = random() < channelsTell && names.length > 1;
  const any = Math.floor(random() * CHANNELS.length);
  if (!tells) return CHANNELS[any]!;
  const favourite = names.reduce((best, name) => (topics.get(name)! > topics.get(best)! ? name : best));
  return CHANNELS[names.indexOf(favourite) % CHANNELS.length]!;
}

/** By what people were worth when the model was made. */
function tiersOf(people: SimulatedCustomer[]): string[] {
  const values = people.map(({ orders }) => orders.reduce((sum, { amount }) => sum + amount, 0));
  const order = [...people.keys()].sort((a, b) => values[b]! - values[a]!);
  const tierOf = new Array<string>(people.length);
  for (const [place, person] of order.entries()) {
    const tier = SHARES.findIndex((share) => place < share * people.length);
    tierOf[person] = TIERS[tier < 0 ? SHARES.length : tier]!;
  }
  return tierOf;
}

function readsOf({ touches }: SimulatedCustomer): Visitor['read'] {
  const read: Visitor['read'] = new Map();
  for (const { content, seconds, at } of touches) {
    const before = read.get(content)?.seconds ?? 0;
    read.set(content, { seconds: before + seconds, lastAt: at });
  }
  return read;
}

function lifeOf(seed: number, number: number): Pick<Visitor, 'otherwise' | 'keenness'> {
  const random = seededRandom(seed, 303, number);
  const keenness = KEENNESS * sampleNormal(random);
  const rate = sampleGamma(random, 1.5, 0.5) * Math.exp(keenness / 2);
  let otherwise = 0;
  const spendRate = sampleGamma(
    random,
    SPEND.levelShape,
    (SPEND.mean * (SPEND.levelShape - 1)) / SPEND.shape,
  );
  for (let orders = samplePoisson(random, rate); orders > 0; orders--)
    otherwise += sampleGamma(random, SPEND.shape, spendRate);
  return { otherwise, keenness };
}
