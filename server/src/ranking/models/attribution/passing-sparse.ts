import type { BackwardChain } from './backward-chain';
import type { Passing } from './passing';

/** How far a share may be from exact. */
const TOLERANCE = 1e-13;

/**
 * The share of walks that pass each item, for chains with many states and few steps between them. For each item u(s), the
 * chance that a walk from state s comes to it, is 1 in the item's own states and elsewhere the mean of u over the states
 * before s. That is solved by Gauss–Seidel sweeps over the states from which the item can be reached, nearest first;
 * where states remember much these are few, and mostly in one sweep's order.
 *
 * When to stop is not guessed. From u = 0 sweeps only raise u, and what is missing of the share is at most the sum of
 * what the last sweep raised, each state weighted by how often walks visit it: what is missing in u is made up of what
 * the last sweep left unequal, counted once at each visit. A converting walk visits a state at most as often as all
 * paths together did per conversion. Rounding keeps the order of numbers, so sweeps do come to an end.
 */
export function passingSparse(chain: BackwardChain): Passing {
  const { items, states, firstState, before, state, weight } = chain;
  const passing = { conversions: new Float64Array(items), value: new Float64Array(items) };
  const arrived = arrivals(chain);
  const visits = mostVisits(chain, arrived);
  const chance = new Float64Array(weight.length);
  for (let s = 0; s < states; s++) {
    for (let e = before[s]!; e < before[s + 1]!; e++) chance[e] = weight[e]! / arrived[s]!;
  }
  const after = statesAfter(chain);
  const conversions = shares(chain.conversions);
  const value = shares(chain.value);
  const u = new Float64Array(states);
  const found = new Uint32Array(states);

  for (let item = 0; item < items; item++) {
    let many = 0;
    for (let s = firstState[item]!; s < firstState[item + 1]!; s++) {
      u[s] = 1;
      found[many++] = s;
    }
    const own = many;
    many = after.reachable(found, own);
    let raised = own === many ? 0 : Number.POSITIVE_INFINITY;
    while (raised > TOLERANCE) {
      raised = 0;
      for (let i = own; i < many; i++) {
        const s = found[i]!;
        let sum = 0;
        for (let e = before[s]!; e < before[s + 1]!; e++) sum += chance[e]! * u[state[e]!]!;
        raised += visits[s]! * (sum - u[s]!);
        u[s] = sum;
      }
    }
    for (let i = 0; i < many; i++) {
      const s = found[i]!;
      passing.conversions[item]! += conversions[s]! * u[s]!;
      passing.value[item]! += value[s]! * u[s]!;
      u[s] = 0;
    }
  }
  return passing;
}

/** How many paths came to each state, counted as often as they did. */
function arrivals({ states, before, weight, began }: BackwardChain): Float64Array {
  const arrived = began.slice();
  for (let s = 0; s < states; s++) {
    for (let e = before[s]!; e < before[s + 1]!; e++) arrived[s]! += weight[e]!;
  }
  return arrived;
}

/** An upper bound of the visits to each state, per converting walk and per walk that is drawn by its value. */
function mostVisits({ states, conversions, value }: BackwardChain, arrived: Float64Array): Float64Array {
  let converted = 0;
  let worth = 0;
  let highest = 0;
  for (let s = 0; s < states; s++) {
    converted += conversions[s]!;
    worth += value[s]!;
    if (conversions[s]! > 0) highest = Math.max(highest, value[s]! / conversions[s]!);
  }
  const perArrival = Math.max(1 / converted, worth > 0 ? highest / worth : 0);
  return arrived.map((many) => many * perArrival);
}

function shares(values: Float64Array): Float64Array {
  const sum = values.reduce((all, value) => all + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 0));
}

/** The steps of the chain the other way round, to find where an item can be reached from. */
function statesAfter({ states, before, state }: BackwardChain) {
  const start = new Uint32Array(states + 1);
  for (let e = 0; e < state.length; e++) start[state[e]! + 1]!++;
  for (let s = 0; s < states; s++) start[s + 1]! += start[s]!;
  const next = start.slice();
  const after = new Uint32Array(state.length);
  for (let s = 0; s < states; s++) {
    for (let e = before[s]!; e < before[s + 1]!; e++) after[next[state[e]!]!++] = s;
  }
  const seen = new Uint8Array(states);

  return {
    /** Appends to the first `many` states of `found` all that come after them, nearest first. @returns how many then */
    reachable(found: Uint32Array, many: number): number {
      let length = many;
      for (let i = 0; i < length; i++) seen[found[i]!] = 1;
      for (let i = 0; i < length; i++) {
        for (let a = start[found[i]!]!; a < start[found[i]! + 1]!; a++) {
          const s = after[a]!;
          if (seen[s]) continue;
          seen[s] = 1;
          found[length++] = s;
        }
      }
      for (let i = 0; i < length; i++) seen[found[i]!] = 0;
      return length;
    },
  };
}
