import { parentPort } from 'node:worker_threads';
import {
  type AdviceWorldOptions,
  drawAdviceWorld,
  movesIn,
  worthwhileIn,
} from '../support/advice-simulation';

/** What an editor of one world would be told. */
export interface AdviceOutcome {
  /** Groups recommended; whether the topic that raises value is one, and how many other topics are. */
  recommended: number;
  isFound: boolean;
  others: number;
  gaps: number;
  moving: number;
}

function outcomeOf(options: AdviceWorldOptions): AdviceOutcome {
  const world = drawAdviceWorld(options);
  const { found } = worthwhileIn(world);
  const topics = found.filter(({ group }) => group.dimension === 'topic').map(({ group }) => group.value);
  const { gaps, trends } = movesIn(world);
  return {
    recommended: found.length,
    isFound: topics.includes(world.good),
    others: topics.filter((topic) => topic !== world.good).length,
    gaps: gaps.length,
    moving: trends.fading.length + trends.rising.length,
  };
}

parentPort!.on('message', (task: AdviceWorldOptions) => parentPort!.postMessage(outcomeOf(task)));
