import type { GapGroup } from '../models/advice/gaps';
import { groupReaders } from '../models/advice/group-readers';
import type { ItemTrend } from '../models/advice/trends';
import type { WorthwhileGroup } from '../models/advice/worthwhile';
import type { Exposures } from '../models/exposures';
import type { Division } from '../models/landmark';
import type { Persons } from '../models/persons';
import type { Ranked } from '../models/rank';
import type { Gap, Piece, Trend, Worthwhile } from './api-types';

/** Pieces that stand for a group. */
const EVIDENCE = 3;

interface World {
  exposures: Exposures;
  persons: Persons;
  division: Division;
  byItem: Map<number, Ranked>;
  contentIds: number[];
}

/** What the models found, as screens are told it: content ids for numbers of items. */
export function toldWorthwhile({ group, items, excess, qValue }: WorthwhileGroup, world: World): Worthwhile {
  const { exposures, persons, division, byItem, contentIds } = world;
  const pieces = items.map((item): Piece => {
    const { excess, excessLow, excessHigh, exposed, verdict } = byItem.get(item)!.figures;
    const interval = { value: excess!, low: excessLow!, high: excessHigh! };
    return { contentId: contentIds[item]!, excess: interval, readers: exposed, verdict };
  });
  return {
    dimension: group.dimension,
    value: group.value,
    comparable: items.length,
    pieces: group.items.length,
    readers: groupReaders(exposures, persons, division, items),
    excess,
    qValue,
    // By the lower end: a piece with few readers is no evidence.
    best: pieces.sort((a, b) => b.excess.low - a.excess.low).slice(0, EVIDENCE),
  };
}

export function toldGap({ group, items, ...rest }: GapGroup, contentIds: number[]): Gap {
  return {
    dimension: group.dimension,
    value: group.value,
    pieces: items.length,
    ...rest,
    contentIds: items.slice(0, EVIDENCE).map((item) => contentIds[item]!),
  };
}

export const toldTrend = ({ item, ...rest }: ItemTrend, contentIds: number[]): Trend => ({
  contentId: contentIds[item]!,
  ...rest,
});
