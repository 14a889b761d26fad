import type { z } from 'zod';
import { ConnectorError } from '../../connector-error';

/** Where a pull stands, as text. */
export function cursorOf<Place>(schema: z.ZodType<Place>) {
  return {
    write: (place: Place): string => JSON.stringify(place),
    /** @throws ConnectorError config for one that this connector did not write */
    read(text: string): Place {
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        throw new ConnectorError(
          'config',
          'The place where the last pull ended cannot be read; pull everything again.',
        );
      }
    },
  };
}

/** The CRM's own time by an answer of it, in epoch milliseconds; null when it does not say. Ours may be off by hours. */
export function timeOf({ headers }: { headers: Record<string, string> }): number | null {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? null : at;
}

/**
 * How far a pull may claim to have seen everything: what was changed within the last `overlapMs` may not be in the
 * CRM's index yet and is read again.
 *
 * @param seen the latest change that was seen
 * @param now the CRM's time; null when it does not say
 */
export const claimable = (seen: number, now: number | null, overlapMs: number): number =>
  Math.max(0, Math.min(seen, (now ?? seen) - overlapMs));
