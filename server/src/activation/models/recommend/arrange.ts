import type { Prepared } from './prepared';

const DAY = 86_400_000;
/** Places that are filled with an eye on those before; what comes later stands in the order of its scores. */
const LOOKED_AT = 24;
/** By how much an item counts less for each one before it of the same topic, or of the same kind. */
const SAME = { topic: 0.15, kind: 0.03 };
/** Of so many places one is for a new item; lists shorter than the least have none. */
const ONE_IN = 5;
const LEAST = 3;
const NEW_FOR = 30 * DAY;
/** With so many readers an item has had its chance. */
const READERS = 30;

/**
 * Puts candidates into the order in which they are shown: by score, each counting less for those before it of the same
 * topic or kind (J. Carbonell and J. Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998, with a product in
 * the place of the difference); and one place in five goes to the best new item that few have read yet, so that it can be
 * known at all what it goes with.
 *
 * @param scores by index, above zero
 */
export function arrange(
  layout: Prepared,
  scores: Float64Array,
  candidates: number[],
  { limit, now, hasRead }: { limit: number; now: number; hasRead: (index: number) => boolean },
): number[] {
  const { place } = layout;
  const rest = candidates.slice();
  const diversity = new Diversity(layout);
  const order: number[] = [];
  const looked = Math.min(limit, LOOKED_AT);
  const isNew = (i: number) =>
    now - layout.publishedAt[i]! <= NEW_FOR && layout.readers[i]! < READERS && !hasRead(i);
  while (order.length < looked && rest.length > 0) {
    const isForNew = isChance(order.length, limit) && !order.slice(1 - ONE_IN).some(isNew);
    let best = -1;
    if (isForNew) best = bestOf(rest, place, (i) => (isNew(i) ? diversity.weight(i) * scores[i]! : -1));
    if (best < 0) best = bestOf(rest, place, (i) => diversity.weight(i) * scores[i]!);
    const index = rest[best]!;
    rest[best] = rest.at(-1)!;
    rest.pop();
    order.push(index);
    diversity.add(index);
  }
  if (order.length < limit) {
    rest.sort((a, b) => scores[b]! - scores[a]! || place[a]! - place[b]!);
    for (const index of rest.slice(0, limit - order.length)) order.push(index);
  }
  return order;
}

const isChance = (place: number, limit: number): boolean =>
  limit >= LEAST && (place + 1) % Math.min(ONE_IN, limit) === 0;

/** Where the best of a list stands; −1 where all are below zero. */
function bestOf(list: number[], place: Uint32Array, of: (index: number) => number): number {
  let best = -1;
  let most = 0;
  for (let at = 0; at < list.length; at++) {
    const worth = of(list[at]!);
    if (worth < most || (best >= 0 && worth === most && place[list[at]!]! > place[list[best]!]!)) continue;
    if (worth < 0) continue;
    best = at;
    most = worth;
  }
  return best;
}

/** How much has been shown already of what an item is. */
class Diversity {
  readonly #topics: Prepared['topics'];
  readonly #kinds: Prepared['kinds'];
  readonly #ofTopic: Uint32Array;
  readonly #ofKind: Uint32Array;

  constructor({ topics, kinds }: Prepared) {
    this.#topics = topics;
    this.#kinds = kinds;
    this.#ofTopic = new Uint32Array(topics.names.length);
    this.#ofKind = new Uint32Array(kinds.names.length);
  }

  weight(index: number): number {
    const { start, of } = this.#topics;
    let seen = 0;
    for (let i = start[index]!; i < start[index + 1]!; i++) seen += this.#ofTopic[of[i]!]!;
    const kind = this.#kinds.of[this.#kinds.start[index]!]!;
    return 1 / (1 + SAME.topic * seen + SAME.kind * this.#ofKind[kind]!);
  }

  add(index: number): void {
    const { start, of } = this.#topics;
    for (let i = start[index]!; i < start[index + 1]!; i++) this.#ofTopic[of[i]!]!++;
    this.#ofKind[this.#kinds.of[this.#kinds.start[index]!]!]!++;
  }
}
