import { z } from 'zod';
import { ConnectorError } from '../../connector-error';

/**
 * Where a pull stands. Pipedrive's own cursor dies after a time that nobody tells, so the time up to which all was seen
 * is kept beside it, and goes on by itself.
 */
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
export type Position = z.output<typeof positionSchema>;

export const write = (position: Position): string => JSON.stringify(position);

/** @throws ConnectorError config */
export function read(text: string | null): Position {
  if (text === null) return { seen: {}, at: null };
  try {
    return positionSchema.parse(JSON.parse(text));
  } catch {
    throw new ConnectorError(
      'config',
      'The place where the last pull ended cannot be read; pull everything again.',
    );
  }
}
