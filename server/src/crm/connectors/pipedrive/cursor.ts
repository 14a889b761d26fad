import { z } from 'zod';
import { cursorOf } from '../shared/cursor';

const positionSchema = z.object({
  /** The latest change that was seen, by list and by Pipedrive's clock. */
  seen: z.record(z.string(), z.number()),
  /** The list that is being read; null between two pulls. */
  at: z
    .object({
      list: z.string(),
      /** What is left of it, by Pipedrive's own cursor; it stands only beside the same `since`. */
      rest: z.object({ since: z.string().nullable(), cursor: z.string() }).nullable(),
    })
    .nullable(),
});

/**
 * Where a pull stands. Pipedrive's own cursor dies after a time that nobody tells, so the time up to which all was seen
 * is kept beside it, and goes on by itself.
 */
export type Position = z.output<typeof positionSchema>;

export const position = cursorOf(positionSchema);
