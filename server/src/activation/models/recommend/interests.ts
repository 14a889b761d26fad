import type { Groups, Prepared } from './prepared';
import type { Taste } from './types';

const DAY = 86_400_000;
/** Interest in something halves in that time. */
const HALF_LIFE = 60 * DAY;
/**
 * Weight of reads by the average reader that everyone is taken to begin with: how little a first read tells of a liking. A
 * read of a minute or two weighs two; people read what they come upon, and not only what they like.
 */
const BEGUN_WITH = { topics: 10, kinds: 20 };

/** One item that somebody read, and how much that tells of them now. */
export interface WeighedRead {
  index: number;
  weight: number;
}

/** What somebody is taken to like: by group, log of how much likelier they are to read of it than the average reader. */
export interface Interests {
  reads: WeighedRead[];
  /** Σ of the weights. */
  known: number;
  topics: Float64Array;
  kinds: Float64Array;
}

/**
 * Interests by what was read: shares of attention, each read weighed by its time and by how long it is past, drawn towards
 * the average reader's. That is the posterior mean of the shares of a multinomial distribution with a Dirichlet prior around
 * the average (A. Gelman et al., "Bayesian Data Analysis", 2013, 3.4).
 */
export function interestsOf({ indexOf, topics, kinds }: Prepared, { read }: Taste, now: number): Interests {
  const reads: WeighedRead[] = [];
  let known = 0;
  for (const [contentId, { seconds, lastAt }] of [...read].sort(([a], [b]) => a - b)) {
    const index = indexOf.get(contentId);
    if (index === undefined) continue;
    const attention = 1 + Math.log1p(Math.max(0, seconds) / 60);
    const weight = attention * 0.5 ** (Math.max(0, now - lastAt) / HALF_LIFE);
    reads.push({ index, weight });
    known += weight;
  }
  return {
    reads,
    known,
    topics: liftsOf(topics, reads, BEGUN_WITH.topics),
    kinds: liftsOf(kinds, reads, BEGUN_WITH.kinds),
  };
}

function liftsOf({ names, start, of, share }: Groups, reads: WeighedRead[], begunWith: number): Float64Array {
  const taken = new Float64Array(names.length);
  let total = 0;
  for (const { index, weight } of reads) {
    const many = start[index + 1]! - start[index]!;
    if (many === 0) continue;
    total += weight;
    for (let i = start[index]!; i < start[index + 1]!; i++) taken[of[i]!]! += weight / many;
  }
  return taken.map((own, group) => {
    const average = share[group]!;
    return average > 0 ? Math.log((own / average + begunWith) / (total + begunWith)) : 0;
  });
}

/** The mean of an item's groups, on the scale of probabilities; 0 of an item that is in none. */
export function liftOf({ start, of }: Groups, lifts: Float64Array, index: number): number {
  const from = start[index]!;
  const to = start[index + 1]!;
  if (to === from) return 0;
  if (to === from + 1) return lifts[of[from]!]!;
  let sum = 0;
  for (let i = from; i < to; i++) sum += Math.exp(lifts[of[i]!]!);
  return Math.log(sum / (to - from));
}
