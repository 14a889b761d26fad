/** How well customers who ordered in the holdout are told from those who did not. */
export interface Activity {
  /** Share of customers who ordered. */
  active: number;
  /** Share told right by P(alive) > ½. Of models in which nobody leaves after one order it says little. */
  byAlive: number;
  /** Share told right by P(at least one order in the holdout) > ½, which is the question asked. */
  byActive: number;
}

/** Holds P(alive) and P(active in the holdout) against who ordered. */
export function activityOf(pAlive: Float64Array, pActive: Float64Array, actual: Float64Array): Activity {
  let active = 0;
  let byAlive = 0;
  let byActive = 0;
  for (let i = 0; i < actual.length; i++) {
    const ordered = actual[i]! > 0;
    if (ordered) active++;
    if (pAlive[i]! > 0.5 === ordered) byAlive++;
    if (pActive[i]! > 0.5 === ordered) byActive++;
  }
  const n = actual.length;
  return { active: active / n, byAlive: byAlive / n, byActive: byActive / n };
}
