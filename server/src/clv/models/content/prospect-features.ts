import type { SparseRow } from '../../../stats/sparse-rows';
import { type Column, logDays } from './columns';
import type { Past } from './past';
import type { Vocabulary } from './vocabulary';

/** What is known of a prospect without regard to what was read: since when, and where from. */
export function prospectColumns({ channels }: Vocabulary): Column[] {
  return [
    { key: 'sinceFirstSeen', name: null, group: 'person', binary: false, restraint: 1 },
    ...channels.map(
      (name): Column => ({ key: `channel:${name}`, name, group: 'person', binary: true, restraint: 1 }),
    ),
  ];
}

/** A prospect's features without reading, in the order of `prospectColumns`. */
export function prospectFeatures(past: Past, { channels }: Vocabulary): SparseRow {
  const tenure = [0, logDays(past.at - past.firstSeenAt)] as const;
  const channel = channels.indexOf(past.touches[0]?.channel ?? '');
  return channel < 0 ? [tenure] : [tenure, [1 + channel, 1]];
}
