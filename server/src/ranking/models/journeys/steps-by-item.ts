import type { Journeys } from './journeys';

/** The steps of all journeys by item: those at item `i` stand at the places from `start[i]` to `start[i + 1]`. */
export interface StepsByItem {
  start: Uint32Array;
  /** Place of the step in the journeys, and whose it is. */
  step: Int32Array;
  person: Int32Array;
}

export function stepsByItem({ persons, items, start: of, item }: Journeys): StepsByItem {
  const start = new Uint32Array(items + 1);
  for (const content of item) start[content + 1]!++;
  for (let content = 0; content < items; content++) start[content + 1]! += start[content]!;
  const next = start.slice();
  const step = new Int32Array(item.length);
  const person = new Int32Array(item.length);
  for (let p = 0; p < persons.count; p++) {
    for (let at = of[p]!; at < of[p + 1]!; at++) {
      const place = next[item[at]!]!++;
      step[place] = at;
      person[place] = p;
    }
  }
  return { start, step, person };
}
