import type { TierMove } from '../api-types';

/** What happened to one person between two runs. */
export interface Mover {
  /** Null for somebody new. */
  from: string | null;
  to: string;
  orders: number;
  /** In any unit; the means have the same. */
  revenue: number;
  touches: number;
}

/**
 * The migration matrix between two runs, as one entry for each pair of tiers that occurs, with what went with it: means
 * per person of what happened in between. In the order of `tiers`, somebody new last.
 */
export function migration(movers: Iterable<Mover>, tiers: string[]): TierMove[] {
  const moves = new Map<string, TierMove>();
  for (const { from, to, orders, revenue, touches } of movers) {
    const key = JSON.stringify([from, to]);
    let move = moves.get(key);
    if (!move) {
      move = { from, to, people: 0, orders: 0, revenue: 0, touches: 0 };
      moves.set(key, move);
    }
    move.people += 1;
    move.orders += orders;
    move.revenue += revenue;
    move.touches += touches;
  }
  const place = (tier: string | null) => {
    if (tier === null) return tiers.length + 1;
    const at = tiers.indexOf(tier);
    return at < 0 ? tiers.length : at;
  };
  return [...moves.values()]
    .map((move) => ({
      ...move,
      orders: move.orders / move.people,
      revenue: move.revenue / move.people,
      touches: move.touches / move.people,
    }))
    .sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to));
}
