import { parentPort } from 'node:worker_threads';
import { POLICIES, type Policy, type Served, serve } from '../support/recommend-serving';
import { type RecommendWorldOptions, recommendWorld } from '../support/recommend-world';

/** What became of the visitors of one world, by policy. */
export type UpliftOutcome = Record<Policy, Served>;

parentPort!.on('message', (options: RecommendWorldOptions) => {
  const world = recommendWorld(options);
  parentPort!.postMessage(
    Object.fromEntries(POLICIES.map((policy) => [policy, serve(world, policy)])) as UpliftOutcome,
  );
});
