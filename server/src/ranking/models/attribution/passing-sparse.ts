import type { BackwardChain } from './backward-chain';
import type { Passing } from './passing';
import { reachingIn } from './reaching';

/**
 * The share of walks that pass each item, for chains with many states and few steps between them: the chance to come to
 * the item, meant over the states in which walks end. `reachingIn` tells how it is solved and how exactly.
 */
export function passingSparse(chain: BackwardChain): Passing {
  const { items, states, before, weight } = chain;
  const passing = { conversions: new Float64Array(items), value: new Float64Array(items) };
  const arrived = arrivals(chain);
  const chance = new Float64Array(weight.length);
  for (let s = 0; s < states; s++) {
    for (let e = before[s]!; e < before[s + 1]!; e++) chance[e] = weight[e]! / arrived[s]!;
  }
  const reaching = reachingIn(chain, chance, mostVisits(chain, arrived));
  const conversions = shares(chain.conversions);
  const value = shares(chain.value);
  for (let item = 0; item < items; item++) {
    reaching(item, (s, chance) => {
      passing.conversions[item]! += conversions[s]! * chance;
      passing.value[item]! += value[s]! * chance;
    });
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

/**
 * An upper bound of the visits to each state, per converting walk and per walk that is drawn by its value: a converting
 * walk visits a state at most as often as all paths together did, per conversion.
 */
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
