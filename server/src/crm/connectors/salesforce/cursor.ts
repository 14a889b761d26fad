import { z } from 'zod';
import { cursorOf } from '../shared/cursor';

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

/** By object. */
export type Cursor = Record<string, Place>;

const cursors = cursorOf<Cursor>(z.record(z.string(), placeSchema));

export const write = cursors.write;

/** @throws ConnectorError config */
export const read = (text: string | null): Cursor => (text === null ? {} : cursors.read(text));
