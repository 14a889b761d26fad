import {
  type WorthwhileGroup,
  worthwhileGroups,
} from '../../../../server/src/ranking/models/advice/worthwhile';
import { rankHistory } from '../../../../server/src/ranking/models/history';
import { historyOf, simulateWorld } from '../../../../server/src/ranking/models/simulate/world';

const FDR = 0.1;
const CONTENTS = 42;
const EFFECT = 9000;

/**
 * A simulated world with topics that people like in different measure, where hidden activity goes with reading and buying;
 * in one with a true topic, reading any piece of it raises value. Asked are topics, kinds, and ten tags given at random.
 */
export function adviceOfWorld({
  seed,
  trueTopic = false,
  customers = 2500,
}: {
  seed: number;
  trueTopic?: boolean;
  customers?: number;
}): { good: string; worthwhile: { asked: number; found: WorthwhileGroup[] } } {
  const options = { contents: CONTENTS, seed, customers, confounding: 0.8, reading: 0, trueShare: 0 };
  const { items, topics } = simulateWorld(options);
  const good = topics[seed % topics.length]!.topic;
  const effects = new Map(items.map(({ contentId, topic }) => [contentId, topic === good ? EFFECT : 0]));
  const world = simulateWorld(trueTopic ? { ...options, effects } : options);
  const ranking = rankHistory(historyOf(world, customers), 'first-order', { fdr: FDR });
  const figuresOf = new Map(ranking.items.map(({ item, figures, detail }) => [item, { figures, detail }]));
  const pieces = items.map((_, item) => {
    const { figures, detail } = figuresOf.get(item)!;
    return figures.excess === null
      ? undefined
      : { excess: figures.excess, standardError: detail.standardError! };
  });
  const group = (dimension: string, value: string, belongs: (item: number) => boolean) => ({
    dimension,
    value,
    items: [...items.keys()].filter(belongs),
  });
  const groups = [
    ...topics.map(({ topic }) => group('topic', topic, (item) => items[item]!.topic === topic)),
    ...['article', 'white-paper'].map((kind) =>
      group('kind', kind, (item) => items[item]!.contentType === kind),
    ),
    ...Array.from({ length: 10 }, (_, tag) =>
      group('tag', String(tag), (item) => (item * 31 + tag * 17 + seed * 13) % 10 < 2),
    ),
  ];
  return { good, worthwhile: worthwhileGroups(groups, pieces, FDR) };
}
