import type { TierMove } from '../../../../server/src/clv/api-types';

/**
 * People by where they came from and where they went.
 *
 * @param tiers names of the tiers, the best first
 * @returns rows by the tier before (the last row is who is new), columns by the tier now
 */
export function matrixOf(moves: TierMove[], tiers: string[]): { from: string | null; people: number[] }[] {
  const froms: (string | null)[] = [...tiers, null];
  return froms.map((from) => ({
    from,
    people: tiers.map((to) =>
      moves.reduce((sum, move) => sum + (move.from === from && move.to === to ? move.people : 0), 0),
    ),
  }));
}

/** How many rose, fell and stayed; who is new or left a tier that is no more counts as none of them. */
export function directions(moves: TierMove[], tiers: string[]) {
  const counts = { up: 0, down: 0, same: 0 };
  for (const { from, to, people } of moves) {
    if (from === null || !tiers.includes(from)) continue;
    const step = tiers.indexOf(from) - tiers.indexOf(to);
    counts[step > 0 ? 'up' : step < 0 ? 'down' : 'same'] += people;
  }
  return counts;
}
