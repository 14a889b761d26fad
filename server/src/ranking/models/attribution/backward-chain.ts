import { itemCount, type Path } from './paths';

/**
 * Journeys as a Markov chain of order k, followed backwards from the conversion to the start.
 *
 * The state after a touch is the last k items, fewer near the start of a path; the walk is from a state to one before it
 * with the relative frequency of that step among all paths, or to the start. A walk of the forward chain (whose steps
 * have the frequencies of what comes next, to a conversion and to "null" too), given that it converts and read backwards,
 * is a walk of this one: in a state as many paths come in as go out, and the frequencies cancel (J. Kemeny and J. Snell,
 * "Finite Markov Chains", 1960, on reverse processes). Here no walk is lost in "null", so no absorption probabilities
 * have to be found first.
 */
export interface BackwardChain {
  order: number;
  items: number;
  /** Sorted by item: those of item i are firstState[i] to firstState[i + 1] − 1. */
  states: number;
  firstState: Uint32Array;
  /** The states before state s, at before[s] to before[s + 1] − 1 of `state` and `weight`: how many paths took the step. */
  before: Uint32Array;
  state: Uint32Array;
  weight: Float64Array;
  /** How many paths began in the state. */
  began: Float64Array;
  /** Conversions of the paths that ended in the state, and what they were worth. */
  conversions: Float64Array;
  value: Float64Array;
}

/**
 * Counts the steps of paths. Repeated items stay: a > a is a step.
 *
 * @param order how many items a state remembers, at least 1
 * @param nulls whether paths that did not convert count too
 */
export function backwardChain(paths: readonly Path[], order: number, nulls: boolean): BackwardChain {
  const items = itemCount(paths);
  const met = new StatesMet(order, items);
  const from: number[] = [];
  const to: number[] = [];
  const taken: number[] = [];
  const stepOf = new Map<number, number>();
  const ended: { state: number; conversions: number; value: number }[] = [];
  for (const path of paths) {
    const count = path.conversions + (nulls ? path.nulls : 0);
    if (count === 0) continue;
    let state = START;
    for (let i = 0; i < path.items.length; i++) {
      const key = state * items + path.items[i]!;
      let step = stepOf.get(key);
      if (step === undefined) {
        step = from.push(state) - 1;
        to.push(met.stateAfter(path.items, i));
        taken.push(0);
        stepOf.set(key, step);
      }
      taken[step]! += count;
      state = to[step]!;
    }
    ended.push({ state, conversions: path.conversions, value: path.value });
  }

  const { states, place, firstState } = met.sorted();
  const before = new Uint32Array(states + 1);
  for (let e = 0; e < to.length; e++) if (from[e] !== START) before[place[to[e]!]! + 1]!++;
  for (let s = 0; s < states; s++) before[s + 1]! += before[s]!;
  const chain: BackwardChain = {
    order,
    items,
    states,
    firstState,
    before,
    state: new Uint32Array(before[states]!),
    weight: new Float64Array(before[states]!),
    began: new Float64Array(states),
    conversions: new Float64Array(states),
    value: new Float64Array(states),
  };
  const next = before.slice();
  for (let e = 0; e < to.length; e++) {
    const state = place[to[e]!]!;
    if (from[e] === START) {
      chain.began[state]! += taken[e]!;
    } else {
      const at = next[state]!++;
      chain.state[at] = place[from[e]!]!;
      chain.weight[at] = taken[e]!;
    }
  }
  for (const { state, conversions, value } of ended) {
    chain.conversions[place[state]!]! += conversions;
    chain.value[place[state]!]! += value;
  }
  return chain;
}

/** States are numbered from 1 as they are met; 0 is the start. */
const START = 0;

class StatesMet {
  readonly #numbers = new Map<string, number>();
  readonly #itemOf: number[] = [START];

  constructor(
    private readonly order: number,
    private readonly items: number,
  ) {}

  /** The state after the touch at place `at` of a path. */
  stateAfter(path: readonly number[], at: number): number {
    const key = path.slice(Math.max(0, at - this.order + 1), at + 1).join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#itemOf.push(path[at]!) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Where each state goes when they are sorted by their last item. */
  sorted() {
    const states = this.#itemOf.length - 1;
    const firstState = new Uint32Array(this.items + 1);
    for (let n = 1; n <= states; n++) firstState[this.#itemOf[n]! + 1]!++;
    for (let i = 0; i < this.items; i++) firstState[i + 1]! += firstState[i]!;
    const next = firstState.slice();
    const place = new Uint32Array(states + 1);
    for (let n = 1; n <= states; n++) place[n] = next[this.#itemOf[n]!]!++;
    return { states, place, firstState };
  }
}
