import { z } from 'zod';
import { ConnectorError } from '../../connector-error';

/**
 * A place in the records of one object, in the order of (SystemModstamp, Id). Not a query locator: those die within two
 * days, and sooner when the user of the connection has many.
 */
const placeSchema = z.object({
  /** The SystemModstamp up to which all was read, and with `id` the record there. */
  at: z.number().nullable(),
  id: z.string().nullable(),
  /** When this pull began, by Salesforce's clock; null once it is done. */
  since: z.number().nullable(),
});
export type Place = z.output<typeof placeSchema>;

const cursorSchema = z.record(z.string(), placeSchema);
/** By object. */
export type Cursor = z.output<typeof cursorSchema>;

export const write = (cursor: Cursor): string => JSON.stringify(cursor);

export function read(text: string | null): Cursor {
  if (text === null) return {};
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch {
    throw new ConnectorError(
      'config',
      'The place where the last pull ended cannot be read; pull everything again.',
    );
  }
}
