import { z } from 'zod';
import { cursorOf } from '../shared/cursor';

/** Where a pull stands; times are HubSpot's, in epoch milliseconds. */
export type Place =
  /** The list of everything. What changed since `since` is read afterwards; null until the first answer. */
  | { phase: 'list'; since: number | null; after: string | null; total: number | null }
  /** What changed from `from` on; with `id`, of those that changed at just that time, the ones with a greater id. */
  | { phase: 'changes'; from: number; id: string | null; swept: number }
  /** The list of what was deleted; deletions before `swept` are known. */
  | { phase: 'archived'; from: number; swept: number; now: number; after: string | null };

const time = z.number().nonnegative();

export const cursor = cursorOf<Place>(
  z.discriminatedUnion('phase', [
    z.object({
      phase: z.literal('list'),
      since: time.nullable(),
      after: z.string().nullable(),
      total: z.number().nullable(),
    }),
    z.object({ phase: z.literal('changes'), from: time, id: z.string().nullable(), swept: time }),
    z.object({
      phase: z.literal('archived'),
      from: time,
      swept: time,
      now: time,
      after: z.string().nullable(),
    }),
  ]),
);

/** Where everything begins. */
export const BEGINNING: Place = { phase: 'list', since: null, after: null, total: null };
