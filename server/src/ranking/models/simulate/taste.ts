import { sampleGamma } from '../../../stats/sample-gamma';
import { seededRandom } from '../../../stats/seeded-random';
import type { SimulatedItem } from './catalogue';

/** What a person likes to read, and what that goes with. */
export interface Taste {
  /** By how much likelier than others the person reads an item. */
  liking(item: SimulatedItem): number;
  /** Multiplies how often the person orders. */
  lift: number;
  /** Mean number of touches after the first weeks. */
  laterReads: number;
  /** Probability that a touch is left out once the person is no customer any more. */
  fading: number;
}

/** Everyone likes the same, and it goes with nothing. */
export const PLAIN: Taste = { liking: () => 1, lift: 1, laterReads: 2, fading: 0 };

export interface Topic {
  topic: string;
  /** Effect on the logarithm of the rate of orders per standard deviation of the liking, at full strength. */
  effect: number;
}

const TOPICS = ['pricing', 'design', 'maintenance', 'safety', 'trends', 'care'];
/** Of the two topics that tell of value; the others tell nothing. */
const EFFECT = 0.6;
/** Below one, most people like few topics. */
const SHAPE = 0.8;
const LATER_READS = 10;
const FADING = 0.9;

/** The topics of a world; people who like the first of the two telling ones order more, the second less. */
export function drawTopics(seed: number, reading: number): Topic[] {
  const random = seededRandom(seed, 3);
  const up = Math.floor(random() * TOPICS.length);
  const down = (up + 1 + Math.floor(random() * (TOPICS.length - 1))) % TOPICS.length;
  return TOPICS.map((topic, i) => ({
    topic,
    effect: i === up ? EFFECT * reading : i === down ? -EFFECT * reading : 0,
  }));
}

/** The topic of each item, evenly spread and in a random order. */
export function topicOf(seed: number, topics: readonly Topic[], number: number, contents: number): string {
  const random = seededRandom(seed, 4, Math.floor((number * topics.length) / contents));
  const shift = Math.floor(random() * topics.length);
  return topics[(number + shift) % topics.length]!.topic;
}

/**
 * Draws one person's taste: shares of interest by a Dirichlet distribution, of which the standard deviation is known. The
 * mean lift over all persons is about one, whatever the strength.
 *
 * @param reading how much of the person's future shows in it, 0 to 1
 */
export function drawTaste(seed: number, number: number, topics: readonly Topic[], reading: number): Taste {
  const random = seededRandom(seed, 5, number);
  const draws = topics.map(() => sampleGamma(random, SHAPE));
  const sum = draws.reduce((total, draw) => total + draw, 0);
  const k = topics.length;
  const spread = Math.sqrt((k - 1) / (SHAPE * k + 1)) / k;
  const interest = new Map(topics.map(({ topic }, i) => [topic, draws[i]! / sum]));
  let logLift = 0;
  let variance = 0;
  topics.forEach(({ topic, effect }) => {
    logLift += (effect * (interest.get(topic)! - 1 / k)) / spread;
    variance += effect * effect;
  });
  return {
    liking: ({ topic }) => k * interest.get(topic ?? '')!,
    lift: Math.exp(logLift - variance / 2),
    laterReads: LATER_READS,
    fading: FADING * reading,
  };
}
