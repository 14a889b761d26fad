import type { BackwardChain } from './backward-chain';
import { passingDense } from './passing-dense';
import { passingSparse } from './passing-sparse';

/** By item: the share of converting walks that pass it, and the share of their value that does. */
export interface Passing {
  conversions: Float64Array;
  value: Float64Array;
}

/** Beyond this many states their square does not belong in memory. */
const MOST_DENSE = 3000;

/** Sweeps until a chain whose walks take one step on average is solved; longer ones take as many times more. */
const SWEEPS = 16;

/** The share of walks that pass each item, by the solver that has less to do; both are exact to about 1e-13. */
export function passing(chain: BackwardChain): Passing {
  const dense = 0.8 * chain.states ** 3;
  const sparse = chain.items * chain.state.length * SWEEPS * meanSteps(chain);
  return chain.states <= MOST_DENSE && dense <= sparse ? passingDense(chain) : passingSparse(chain);
}

function meanSteps({ weight, began }: BackwardChain): number {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return 1 + sum(weight) / sum(began);
}
