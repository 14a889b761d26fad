import type { SparseRow } from '../../../stats/sparse-rows';
import { type Column, DAY, DETAIL, logDays } from './columns';
import { type ContentTouch, isOrder, type Past } from './past';
import type { Vocabulary } from './vocabulary';

const MONTH = 30 * DAY;
/** Touches on no topic that are added to a person's: a share among few touches says little. */
const DOUBT = 3;

const amount = (key: string, group: Column['group']): Column => ({
  key,
  name: null,
  group,
  binary: false,
  restraint: 1,
});
const fact = (key: string, group: Column['group']): Column => ({ ...amount(key, group), binary: true });

const detail = (group: Column['group']): Column => ({ ...fact('', group), restraint: DETAIL });

/** Features that every reader has, in the order in which `amounts` gives them. */
const AMOUNTS: readonly Column[] = [
  fact('reader', 'amount'),
  amount('touches', 'amount'),
  amount('distinctItems', 'amount'),
  amount('activeDays', 'amount'),
  amount('minutes', 'amount'),
  amount('reads', 'kind'),
  amount('downloads', 'kind'),
  amount('depth', 'depth'),
  amount('sinceLastTouch', 'recency'),
  amount('sinceFirstTouch', 'recency'),
  amount('touchesLastMonth', 'recency'),
  amount('touchesSinceLastOrder', 'recency'),
  fact('readBeforeFirstOrder', 'first'),
  fact('downloadBeforeFirstOrder', 'first'),
  amount('readingBeforeFirstOrder', 'first'),
];

/** Turns what a person read before a moment into features; made once for a vocabulary, for all persons. */
export class ReadingFeatures {
  readonly columns: Column[] = [...AMOUNTS];
  readonly #types: Map<string, number>;
  readonly #topics: Map<string, number>;
  readonly #topicShares: Map<string, number>;
  readonly #items: Map<string, number>;
  readonly #firstTypes: Map<string, number>;
  readonly #firstTopics: Map<string, number>;

  constructor({ types, topics, items }: Vocabulary) {
    this.#types = this.#addColumns('type', types, amount('', 'kind'));
    this.#topics = this.#addColumns('topic', topics, amount('', 'topic'));
    this.#topicShares = this.#addColumns('topicShare', topics, amount('', 'topic'));
    this.#items = this.#addColumns('item', items, detail('item'));
    this.#firstTypes = this.#addColumns('firstType', types, detail('first'));
    this.#firstTopics = this.#addColumns('firstTopic', topics, detail('first'));
  }

  /** Nothing for somebody who read nothing. Columns count from 0. */
  of(past: Past): SparseRow {
    const [first] = past.touches;
    if (!first) return [];
    const row = amounts(past).map((value, column) => [column, value] as [number, number]);
    const counts = new Map<number, number>();
    const items = new Map(past.touches.map(({ item }) => [item.id, item]));
    const count = (column: number | undefined) => {
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    };
    for (const { id, type, topics } of items.values()) {
      count(this.#types.get(type ?? ''));
      for (const topic of topics) count(this.#topics.get(topic));
      count(this.#items.get(id));
    }
    count(this.#firstTypes.get(first.item.type ?? ''));
    for (const topic of first.item.topics) count(this.#firstTopics.get(topic));
    for (const [column, times] of counts) {
      row.push([column, this.columns[column]!.binary ? 1 : Math.log1p(times)]);
    }
    for (const [topic, times] of readsByTopic(past)) {
      const column = this.#topicShares.get(topic);
      if (column !== undefined) row.push([column, times / (past.touches.length + DOUBT)]);
    }
    return row.sort(([a], [b]) => a - b);
  }

  #addColumns(prefix: string, names: readonly string[], column: Column): Map<string, number> {
    const from = this.columns.length;
    this.columns.push(...names.map((name) => ({ ...column, key: `${prefix}:${name}`, name })));
    return new Map(names.map((name, i) => [name, from + i]));
  }
}

function readsByTopic({ touches }: Past): Map<string, number> {
  const reads = new Map<string, number>();
  for (const { item } of touches) {
    for (const topic of item.topics) reads.set(topic, (reads.get(topic) ?? 0) + 1);
  }
  return reads;
}

function amounts({ at, touches, orders }: Past): number[] {
  const paid = orders.filter(isOrder);
  const firstOrder = paid[0]?.at;
  const lastOrder = paid.at(-1)?.at;
  const firstTouch = touches[0]!.at;
  const depths = touches.flatMap(({ depth }) => depth ?? []);
  const count = (holds: (touch: ContentTouch) => boolean) => touches.filter(holds).length;
  const beforeOrder = firstOrder === undefined ? [] : touches.filter((touch) => touch.at < firstOrder);
  return [
    1,
    Math.log1p(touches.length),
    Math.log1p(new Set(touches.map(({ item }) => item.id)).size),
    Math.log1p(new Set(touches.map((touch) => Math.floor(touch.at / DAY))).size),
    Math.log1p(touches.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) / 60),
    Math.log1p(count(({ kind }) => kind === 'read')),
    Math.log1p(count(({ kind }) => kind === 'download')),
    depths.reduce((sum, depth) => sum + depth, 0) / Math.max(1, depths.length) / 100,
    logDays(at - touches.at(-1)!.at),
    logDays(at - firstTouch),
    Math.log1p(count((touch) => touch.at >= at - MONTH)),
    lastOrder === undefined ? 0 : Math.log1p(count((touch) => touch.at > lastOrder)),
    beforeOrder.length > 0 ? 1 : 0,
    beforeOrder.some(({ kind }) => kind === 'download') ? 1 : 0,
    beforeOrder.length > 0 ? logDays(firstOrder! - firstTouch) : 0,
  ];
}
