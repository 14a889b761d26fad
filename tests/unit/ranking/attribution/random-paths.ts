import type { Path } from '../../../../server/src/ranking/models/attribution';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

export interface RandomPaths {
  items: number;
  rows: number;
  /** Chance that a path goes on after a touch. */
  on?: number;
  /** Whether values may be negative. */
  refunds?: boolean;
}

/** Paths in which some items are touched more than others, come twice, and convert more. */
export function randomPaths(seed: number, { items, rows, on = 0.7, refunds = false }: RandomPaths): Path[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => {
    const path: number[] = [];
    do path.push(Math.floor(items * random() ** 1.5));
    while (random() < on);
    const chance = 0.2 + (0.6 * path[path.length - 1]!) / items;
    const conversions = random() < chance ? 1 + Math.floor(3 * random()) : 0;
    const worth = Math.floor(1e4 * random()) / 100 - (refunds ? 50 : 0);
    return {
      items: path,
      conversions,
      value: conversions === 0 ? 0 : worth,
      nulls: Math.floor(3 * random()),
    };
  });
}

export const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
