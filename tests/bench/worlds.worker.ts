import { parentPort } from 'node:worker_threads';
import { rankHistory } from '../../server/src/ranking/models/history';
import type { Ranked } from '../../server/src/ranking/models/rank';
import { historyOf, simulateWorld, type World } from '../../server/src/ranking/models/simulate/world';

/** One seeded world to draw and to rank. */
export interface WorldTask {
  seed: number;
  customers: number;
  contents: number;
  /** No item has an effect. */
  isNull: boolean;
  fdr: number;
}

/** What became of it. */
export interface WorldOutcome {
  /** Share of the k truly valuable items among the first k. */
  precision: number;
  /** Items called `associated`, and those of them without effect. */
  associated: number;
  falselyAssociated: number;
  /** Of the items with and without an effect: how many there are, how many intervals hold the truth, and Σ (difference − effect). */
  withEffect: Coverage;
  withoutEffect: Coverage;
}

export interface Coverage {
  items: number;
  covered: number;
  error: number;
}

function worldOf({ isNull, ...task }: WorldTask): World {
  const options = { ...task, confounding: 0 };
  const world = simulateWorld(options);
  if (!isNull) return world;
  return simulateWorld({ ...options, effects: new Map(world.items.map(({ contentId }) => [contentId, 0])) });
}

function coverage(ranking: Ranked[], effectOf: (item: number) => number): Coverage {
  const result: Coverage = { items: 0, covered: 0, error: 0 };
  for (const { item, figures } of ranking) {
    const effect = effectOf(item);
    result.items++;
    if (figures.differenceLow! <= effect && effect <= figures.differenceHigh!) result.covered++;
    result.error += figures.difference! - effect;
  }
  return result;
}

function outcomeOf(task: WorldTask): WorldOutcome {
  const world = worldOf(task);
  const ranking = rankHistory(historyOf(world, task.customers), 'first-order', task).items;
  const effectOf = (item: number) => world.items[item]!.effect;
  const hasEffect = ({ item }: Ranked) => effectOf(item) !== 0;
  const k = ranking.filter(hasEffect).length;
  const associated = ranking.filter(({ figures }) => figures.verdict === 'associated');
  return {
    precision: k === 0 ? Number.NaN : ranking.slice(0, k).filter(hasEffect).length / k,
    associated: associated.length,
    falselyAssociated: associated.filter((item) => !hasEffect(item)).length,
    withEffect: coverage(ranking.filter(hasEffect), effectOf),
    withoutEffect: coverage(
      ranking.filter((item) => !hasEffect(item)),
      effectOf,
    ),
  };
}

parentPort!.on('message', (task: WorldTask) => parentPort!.postMessage(outcomeOf(task)));
