import { sampleExponential } from '../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../server/src/stats/sample-normal';
import { samplePoisson } from '../../server/src/stats/sample-poisson';
import { type Random, seededRandom } from '../../server/src/stats/seeded-random';
import { EffectSums, logValue, type TrueEffects } from './effect-sums';
import { OTHER, readingOf, type Shelf, shelfOf } from './other-reading';

export interface OtherOptions {
  seed: number;
  persons: number;
  contents: number;
  /** How hidden engagement differs between people: by a gamma distribution, or in two classes. */
  engagement: 'gamma' | 'fans';
  /**
   * What a true item does. `spend`: it multiplies what a customer spends, before whose first order it was read.
   * `purchase`: it multiplies the odds that somebody buys at all after a date, before which it was read.
   */
  effect: 'spend' | 'purchase';
  /** With `purchase`: logarithm of the odds of somebody ordinary to buy. */
  odds?: number;
  /** Share of the items with an effect; a fifth unless told. */
  trueShare?: number;
  /**
   * How much engagement and channel drive value, on the logarithm of the odds and, less, of spend; 0.7 unless told. At 0,
   * readers differ from others by what reading does and by nothing else.
   */
  hidden?: number;
  /** How much a liking for one of the topics drives value; not at all unless told. */
  liking?: number;
}

export interface OtherWorld {
  /** As a ranking takes it. */
  history: {
    persons: number;
    contents: number;
    touches: { person: number; content: number; at: number }[];
    orders: ({ person: number } & Order)[];
  };
  division: 'first-order' | { at: number };
  /** Of each person, and when each item came out. */
  channels: string[];
  publishedAt: number[];
  isTrue: boolean[];
  truth: TrueEffects;
}

const { DAY, START, LANDMARK, END } = OTHER;
const CHANNELS = [
  { name: 'search', activity: 0.8, value: 0 },
  { name: 'letter', activity: 1.6, value: 0.6 },
  { name: 'fair', activity: 0.5, value: -0.4 },
];
/** Effects on the logarithm of spend and of odds. */
const EFFECT = { spend: { least: 0.35, most: 0.6 }, purchase: { least: 0.8, most: 1.3 } };
const BOTS = 0.01;
const DEVOTEES = 0.007;
const FANS = 0.2;
const REFUNDS = 0.04;
/** Of spend: some part of it has a Pareto tail. */
const SPEND = { level: 4, spread: 0.8, tail: 0.03, tailIndex: 1.8 };

/**
 * A world that shares nothing with `clv simulate` but its purpose: people come in sessions and take items by popularity,
 * freshness and their own liking; items come out all the time; value is lognormal with a Pareto tail, or mostly zero;
 * effects multiply; channels differ; there are bots, devotees, earlier orders and refunds.
 */
export function otherWorld(options: OtherOptions): OtherWorld {
  const { seed, persons, contents, effect, trueShare = 0.2 } = options;
  const random = seededRandom(seed, 200);
  const shelf = shelfOf(random, contents);
  const effects = drawEffects(random, contents, Math.round(contents * trueShare), EFFECT[effect]);
  const division = effect === 'spend' ? 'first-order' : { at: LANDMARK };
  const history: OtherWorld['history'] = { persons, contents, touches: [], orders: [] };
  const channels: string[] = [];
  const sums = new EffectSums(contents);

  for (let number = 0; number < persons; number++) {
    const person = drawPerson(seededRandom(seed, 201, number), options, shelf);
    channels.push(person.channel);
    const read = new Set<number>();
    for (const { at, content } of person.touches) {
      history.touches.push({ person: number, content, at });
      if (at < person.boundary) read.add(content);
    }
    let lift = 0;
    for (const content of read) lift += effects[content]!;
    const { orders, gain } = effect === 'spend' ? spend(person, lift) : purchase(person, lift);
    for (const order of orders) history.orders.push({ person: number, ...order });
    const before = person.touches.filter(({ at }) => at < person.boundary);
    const lastSeenAt = Math.max(person.joinedAt, ...before.map(({ at }) => at));
    if (effect === 'purchase' && before.length === 0 && !orders.some(({ at }) => at < LANDMARK)) continue;
    effects.forEach((own, content) => {
      if (lastSeenAt < shelf.publishedAt[content]!) return;
      const without = read.has(content) ? lift - own : lift;
      const others = read.size - Number(read.has(content));
      sums.add(content, person.chances[content]!, others, gain(without, without + own));
    });
  }
  const isTrue = effects.map((own) => own !== 0);
  return { history, division, channels, publishedAt: shelf.publishedAt, isTrue, truth: sums.effects() };
}

function drawEffects(random: Random, contents: number, many: number, size: { least: number; most: number }) {
  const places = Array.from({ length: contents }, (_, content) => ({ content, lot: random() }));
  places.sort((a, b) => a.lot - b.lot);
  const effects = new Array<number>(contents).fill(0);
  for (const { content } of places.slice(0, many)) {
    effects[content] = size.least + random() * (size.most - size.least);
  }
  return effects;
}

interface Person {
  channel: string;
  joinedAt: number;
  boundary: number;
  touches: { at: number; content: number }[];
  chances: Float64Array;
  /** Logarithm of the odds to buy, and the orders that come then, if nothing is read. */
  odds: number;
  orders: Order[];
  earlier: Order[];
  /** Decides whether the person buys. */
  lot: number;
}

interface Order {
  at: number;
  value: number;
  refund?: boolean;
}

function drawPerson(random: Random, options: OtherOptions, shelf: Shelf): Person {
  const { effect, odds = -1.5, hidden = 0.7, liking = 0 } = options;
  const kind = random();
  const isBot = kind < BOTS;
  const devotion = kind > 1 - DEVOTEES ? 6 : 1;
  const channel = CHANNELS[Math.floor(random() * CHANNELS.length)]!;
  const engagement = devotion * drawEngagement(random, options.engagement);
  const joinedAt = START + random() * (LANDMARK - START);
  const boundary =
    effect === 'spend' ? joinedAt + 60_000 + sampleExponential(random, 1 / (45 * DAY)) : LANDMARK;
  const { touches, chances, firstLiking } = readingOf(random, shelf, {
    from: joinedAt,
    until: boundary,
    to: Math.min(END, boundary + 60 * DAY),
    activity: engagement * channel.activity,
    isBot,
  });
  const known = Math.log(isBot ? 0.2 : engagement + 0.1) + channel.value;
  const drive = hidden * known + liking * firstLiking;
  const level = SPEND.level + 0.6 * drive + SPEND.spread * sampleNormal(random);
  const isEarlier = effect === 'purchase' && random() < 1 / (1 + Math.exp(-odds - drive));
  const orders = drawOrders(random, level, boundary);
  const earlier = isEarlier ? drawOrders(random, level, joinedAt + random() * (LANDMARK - joinedAt)) : [];
  return {
    channel: channel.name,
    joinedAt,
    boundary,
    touches,
    chances,
    odds: odds + drive,
    orders,
    earlier: earlier.filter(({ at }) => at < LANDMARK),
    lot: random(),
  };
}

function drawEngagement(random: Random, kind: OtherOptions['engagement']): number {
  if (kind === 'gamma') return sampleGamma(random, 0.9, 0.9);
  return (random() < FANS ? 3 : 0.5) * Math.exp(0.3 * sampleNormal(random));
}

/** One order or several from a moment on, some of which are given back, wholly or in part. */
function drawOrders(random: Random, level: number, from: number): Order[] {
  const tail = random() < SPEND.tail ? (1 - random()) ** (-1 / SPEND.tailIndex) : 1;
  const many = 1 + samplePoisson(random, 0.8);
  const orders: Order[] = [];
  for (let i = 0, at = from; i < many; i++, at += sampleExponential(random, 1 / (20 * DAY))) {
    const value = Math.max(1, Math.round((100 * tail * Math.exp(level + 0.3 * sampleNormal(random))) / many));
    orders.push({ at, value });
    if (random() < REFUNDS) {
      const back = random() < 0.5 ? value : Math.round(value * random());
      orders.push({ at: at + (1 + 10 * random()) * DAY, value: -back, refund: true });
    }
  }
  return orders;
}

/** `gain` is by how much the expected log(1 + value) differs between two lifts. */
interface Outcome {
  orders: Order[];
  gain: (from: number, to: number) => number;
}

function spend({ orders }: Person, lift: number): Outcome {
  const whole = sum(orders);
  const worth = (by: number) => logValue(whole * Math.exp(by));
  return {
    orders: orders.map((order) => ({ ...order, value: Math.round(order.value * Math.exp(lift)) })),
    gain: (from, to) => worth(to) - worth(from),
  };
}

function purchase({ orders, earlier, odds, lot }: Person, lift: number): Outcome {
  const worth = logValue(sum(orders));
  const chance = (by: number) => 1 / (1 + Math.exp(-odds - by));
  return {
    orders: lot < chance(lift) ? [...earlier, ...orders] : earlier,
    gain: (from, to) => (from === to ? 0 : worth * (chance(to) - chance(from))),
  };
}

const sum = (orders: Order[]): number => orders.reduce((total, { value }) => total + value, 0);
