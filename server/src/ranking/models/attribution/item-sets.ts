import { itemCount, type Path } from './paths';

/** Different sets of items, with what became of all paths that touched just these. */
export interface ItemSets {
  /** Numbers of the items that occur, ascending: the players of the game. */
  players: number[];
  /** The players of set s (places in `players`, ascending) are member[start[s]] to member[start[s + 1] − 1]. */
  start: Uint32Array;
  member: Uint32Array;
  conversions: Float64Array;
  value: Float64Array;
  nulls: Float64Array;
}

export function itemSets(paths: readonly Path[]): ItemSets {
  const occurs = new Uint8Array(itemCount(paths));
  for (const { items } of paths) for (const item of items) occurs[item] = 1;
  const players: number[] = [];
  const playerOf = new Uint32Array(occurs.length);
  for (let item = 0; item < occurs.length; item++) if (occurs[item]) playerOf[item] = players.push(item) - 1;

  const numberOf = new Map<string, number>();
  const start = [0];
  const member: number[] = [];
  const conversions: number[] = [];
  const value: number[] = [];
  const nulls: number[] = [];
  for (const path of paths) {
    const set = [...new Set(path.items)].map((item) => playerOf[item]!).sort((a, b) => a - b);
    const key = set.join();
    let number = numberOf.get(key);
    if (number === undefined) {
      number = conversions.length;
      numberOf.set(key, number);
      for (const player of set) member.push(player);
      start.push(member.length);
      conversions.push(0);
      value.push(0);
      nulls.push(0);
    }
    conversions[number]! += path.conversions;
    value[number]! += path.value;
    nulls[number]! += path.nulls;
  }
  return {
    players,
    start: Uint32Array.from(start),
    member: Uint32Array.from(member),
    conversions: Float64Array.from(conversions),
    value: Float64Array.from(value),
    nulls: Float64Array.from(nulls),
  };
}
