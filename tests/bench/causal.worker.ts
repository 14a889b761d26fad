import { parentPort } from 'node:worker_threads';
import { doublyRobust } from '../../server/src/ranking/models/causal/doubly-robust';
import { type CausalWorldOptions, causalWorld, plainDifference, trueEffect } from '../support/causal-world';

/** One seeded world and the estimate to be made of it. */
export interface CausalTask extends CausalWorldOptions {
  target: 'overlap' | 'everyone';
}

parentPort!.on('message', ({ target, ...options }: CausalTask) => {
  const world = causalWorld(options);
  const truth = trueEffect(world, target);
  const start = performance.now();
  const found = doublyRobust(world, { seed: options.seed, target });
  const ms = performance.now() - start;
  parentPort!.postMessage({ ...found, truth, plain: plainDifference(world), ms });
});
