import { betweenVariance } from '../../../stats/between-variance';
import { median } from '../../../stats/median';

/** Items with an excess that a topic needs before it is said what is typical of it. */
const NEEDED = 5;
/** Variance of a median over that of a mean, of normal errors. */
const OF_MEDIAN = Math.PI / 2;

/** An item's excess with its error, and what it is about. */
export interface AboutTopics {
  topics: string[];
  value: number;
  standardError: number;
}

/**
 * What is typical of each topic's items: their median excess, drawn towards zero by as much as chance explains how topics
 * differ. Who likes a topic may be worth more or less than others whatever they read, and that shows in all items of the topic
 * alike; being shown one gives nobody that liking. As among all items, most of a topic's are taken to be ordinary.
 *
 * @returns by topic; those with fewer items than five are left out
 */
export function typicalOfTopics(items: AboutTopics[]): Map<string, number> {
  const byTopic = new Map<string, AboutTopics[]>();
  for (const item of items) {
    for (const topic of item.topics) {
      const those = byTopic.get(topic);
      if (those) those.push(item);
      else byTopic.set(topic, [item]);
    }
  }
  const topics = [...byTopic].filter(([, those]) => those.length >= NEEDED);
  const estimates = topics.map(([, those]) => ({
    value: median(those.map(({ value }) => value)),
    variance:
      (OF_MEDIAN * those.reduce((sum, { standardError }) => sum + standardError ** 2, 0)) / those.length ** 2,
  }));
  const { between } = betweenVariance(estimates);
  return new Map(
    topics.map(([topic], i) => {
      const { value, variance } = estimates[i]!;
      return [topic, (between / (between + variance)) * value];
    }),
  );
}
