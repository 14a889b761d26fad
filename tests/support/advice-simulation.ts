import { type GapGroup, gapsOf } from '../../server/src/ranking/models/advice/gaps';
import { readingOf } from '../../server/src/ranking/models/advice/reading';
import { timesOf } from '../../server/src/ranking/models/advice/times';
import { type Trends, trendsOf } from '../../server/src/ranking/models/advice/trends';
import { type WorthwhileGroup, worthwhileGroups } from '../../server/src/ranking/models/advice/worthwhile';
import { exposuresOf, personsOf, rankHistory } from '../../server/src/ranking/models/history';
import { historyOf, simulateWorld, type World } from '../../server/src/ranking/models/simulate/world';

const FDR = 0.1;
const CONTENTS = 42;
const EFFECT = 9000;

export interface AdviceWorldOptions {
  seed: number;
  /** Reading any piece of one topic raises value. */
  trueTopic?: boolean;
  /** Share of the pieces that raise value, whatever their topic. */
  trueShare?: number;
  customers?: number;
}

/**
 * A simulated world with topics that people like in different measure, where hidden activity goes with reading and buying.
 * Grouped by topic, by kind, and by ten tags given at random.
 */
export function drawAdviceWorld({ seed, trueTopic, trueShare = 0, customers = 2500 }: AdviceWorldOptions) {
  const options = { contents: CONTENTS, seed, customers, confounding: 0.8, reading: 0, trueShare };
  const plain = simulateWorld(options);
  const good = plain.topics[seed % plain.topics.length]!.topic;
  const effects = new Map(
    plain.items.map(({ contentId, topic }) => [contentId, topic === good ? EFFECT : 0]),
  );
  const world = trueTopic ? simulateWorld({ ...options, effects }) : plain;
  const publishedAt = world.items.map((item) => item.publishedAt);
  return { good, groups: groupsOf(world, seed), history: { ...historyOf(world, customers), publishedAt } };
}

type AdviceWorld = ReturnType<typeof drawAdviceWorld>;

function groupsOf({ items, topics }: World, seed: number) {
  const group = (dimension: string, value: string, belongs: (item: number) => boolean) => ({
    dimension,
    value,
    items: [...items.keys()].filter(belongs),
  });
  const kinds = ['article', 'white-paper'];
  return [
    ...topics.map(({ topic }) => group('topic', topic, (item) => items[item]!.topic === topic)),
    ...kinds.map((kind) => group('kind', kind, (item) => items[item]!.contentType === kind)),
    ...Array.from({ length: 10 }, (_, tag) =>
      group('tag', String(tag), (item) => (item * 31 + tag * 17 + seed * 13) % 10 < 2),
    ),
  ];
}

/** What an editor of that world would be told to write more of. */
export function worthwhileIn({ groups, history }: AdviceWorld): { asked: number; found: WorthwhileGroup[] } {
  const ranking = rankHistory(history, 'first-order', { fdr: FDR });
  const pieces: ({ excess: number; standardError: number } | undefined)[] = [];
  for (const { item, figures, detail } of ranking.items) {
    const { excess } = figures;
    if (excess !== null) pieces[item] = { excess, standardError: detail.standardError! };
  }
  return worthwhileGroups(groups, pieces, FDR);
}

/** Gaps by the tenth worth most, and pieces that move, all of them asked. */
export function movesIn({ groups, history }: AdviceWorld): { gaps: GapGroup[]; trends: Trends } {
  const exposures = exposuresOf(history);
  const { values } = personsOf(history, 'first-order');
  const least = values.toSorted()[Math.floor(0.9 * values.length)]!;
  const isHigh = Uint8Array.from(values, (value) => Number(value >= least));
  const times = timesOf(exposures, history.publishedAt);
  const all = () => true;
  const about = groups.filter(({ dimension }) => dimension !== 'kind');
  return {
    gaps: gapsOf(about, readingOf(exposures, times, isHigh, all), FDR).found,
    trends: trendsOf(exposures, times, all, FDR),
  };
}
