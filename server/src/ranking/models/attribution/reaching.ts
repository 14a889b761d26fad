import type { BackwardChain } from './backward-chain';

/** How far the chances of an item, weighted by where walks end, may be from exact. */
const TOLERANCE = 1e-13;

const NOT_FOUND = -1;

/** Calls back with every state from which walks can come to the item, and the chance that they do. */
export type Reaching = (item: number, take: (state: number, chance: number) => void) => void;

/**
 * Solves for the chance u(s) that a walk from state s comes to an item: it is 1 in the item's own states, elsewhere the
 * mean of u over the states before s. Only states from which the item can be reached have a part in it; they are found
 * from the item on, nearest first. Many have just one state of unknown u before them, found earlier: their u is a linear
 * function of one "root" at once. The roots, a small part where states remember much, are left to Gauss–Seidel sweeps.
 *
 * When to stop is not guessed. From u = 0 sweeps only raise u, and what is still missing, weighted by where walks end, is
 * at most the sum of what the last sweep raised, each state weighted by how often walks visit it: what is missing is made
 * up of what the last sweep left unequal, once at each visit. Rounding keeps the order of numbers, so sweeps do end.
 *
 * @param chance of each step, as `weight` of the chain
 * @param visits an upper bound of how often walks visit each state
 */
export function reachingIn(chain: BackwardChain, chance: Float64Array, visits: Float64Array): Reaching {
  const { states, firstState, before, state } = chain;
  const after = statesAfter(chain);
  // By place in the order in which states are found: u = plain + by × u(root).
  const found = new Uint32Array(states);
  const place = new Int32Array(states).fill(NOT_FOUND);
  const plain = new Float64Array(states);
  const by = new Float64Array(states);
  const root = new Uint32Array(states);
  // By root: u = known + Σ factor × u(from).
  const placeOfRoot = new Uint32Array(states);
  const known = new Float64Array(states);
  const start = new Uint32Array(states + 1);
  const from = new Uint32Array(state.length);
  const factor = new Float64Array(state.length);
  const weight = new Float64Array(states);
  const u = new Float64Array(states);

  /** @returns how many states can come to the item, its own included */
  function find(item: number): number {
    let many = 0;
    for (let s = firstState[item]!; s < firstState[item + 1]!; s++) {
      place[s] = many;
      found[many++] = s;
      plain[place[s]!] = 1;
      by[place[s]!] = 0;
    }
    for (let i = 0; i < many; i++) {
      for (let a = after.start[found[i]!]!; a < after.start[found[i]! + 1]!; a++) {
        const s = after.state[a]!;
        if (place[s] !== NOT_FOUND) continue;
        place[s] = many;
        found[many++] = s;
      }
    }
    return many;
  }

  /** Makes each state a function of a root, or a root. @returns how many roots there are */
  function chooseRoots(own: number, many: number): number {
    let roots = 0;
    for (let i = own; i < many; i++) {
      const s = found[i]!;
      let sum = 0;
      let unknown = 0;
      let only = 0;
      let chanceOfOnly = 0;
      for (let e = before[s]!; e < before[s + 1]!; e++) {
        const p = place[state[e]!]!;
        if (p === NOT_FOUND) continue;
        if (p < i && by[p] === 0) {
          sum += chance[e]! * plain[p]!;
        } else {
          unknown++;
          only = p;
          chanceOfOnly = chance[e]!;
        }
      }
      if (unknown === 0) {
        plain[i] = sum;
        by[i] = 0;
      } else if (unknown === 1 && only < i) {
        plain[i] = sum + chanceOfOnly * plain[only]!;
        by[i] = chanceOfOnly * by[only]!;
        root[i] = root[only]!;
      } else {
        plain[i] = 0;
        by[i] = 1;
        root[i] = roots;
        weight[roots] = 0;
        placeOfRoot[roots++] = i;
      }
      if (by[i]! > 0) weight[root[i]!]! += visits[s]! * by[i]!;
    }
    return roots;
  }

  function writeEquations(roots: number): void {
    let terms = 0;
    for (let r = 0; r < roots; r++) {
      const s = found[placeOfRoot[r]!]!;
      known[r] = 0;
      u[r] = 0;
      for (let e = before[s]!; e < before[s + 1]!; e++) {
        const p = place[state[e]!]!;
        if (p === NOT_FOUND) continue;
        known[r]! += chance[e]! * plain[p]!;
        if (by[p] === 0) continue;
        from[terms] = root[p]!;
        factor[terms++] = chance[e]! * by[p]!;
      }
      start[r + 1] = terms;
    }
  }

  /** @returns what the sweep raised, each state weighted by its visits */
  function sweep(roots: number): number {
    let raised = 0;
    for (let r = 0; r < roots; r++) {
      let sum = known[r]!;
      for (let t = start[r]!; t < start[r + 1]!; t++) sum += factor[t]! * u[from[t]!]!;
      raised += weight[r]! * (sum - u[r]!);
      u[r] = sum;
    }
    return raised;
  }

  return (item, take) => {
    const many = find(item);
    const roots = chooseRoots(firstState[item + 1]! - firstState[item]!, many);
    writeEquations(roots);
    while (sweep(roots) > TOLERANCE);
    for (let i = 0; i < many; i++) {
      take(found[i]!, by[i]! > 0 ? plain[i]! + by[i]! * u[root[i]!]! : plain[i]!);
      place[found[i]!] = NOT_FOUND;
    }
  };
}

/** The steps of the chain the other way round: the states after s are state[start[s]] to state[start[s + 1] − 1]. */
function statesAfter({ states, before, state }: BackwardChain) {
  const start = new Uint32Array(states + 1);
  for (let e = 0; e < state.length; e++) start[state[e]! + 1]!++;
  for (let s = 0; s < states; s++) start[s + 1]! += start[s]!;
  const next = start.slice();
  const after = new Uint32Array(state.length);
  for (let s = 0; s < states; s++) {
    for (let e = before[s]!; e < before[s + 1]!; e++) after[next[state[e]!]!++] = s;
  }
  return { start, state: after };
}
