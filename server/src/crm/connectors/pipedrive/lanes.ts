import type { PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';

/** Requests under way at once. */
const LANES = 5;

/** The next one would fail as well. */
const ENDS_ALL: ReadonlySet<string> = new Set(['auth', 'config', 'rate-limit']);

/**
 * Does some work on each item, a few at once, since Pipedrive takes only one record in a request. When the credentials,
 * a setting or the limits stand in the way, what was not begun is not tried any more.
 *
 * @returns what became of each, in this order
 * @throws ConnectorError when that was so from the beginning
 */
export async function oneByOne<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<PushResult>,
): Promise<PushResult[]> {
  const results: PushResult[] = [];
  let end: ConnectorError | null = null;
  let next = 0;

  async function lane(): Promise<void> {
    while (next < items.length && end === null) {
      const at = next++;
      try {
        results[at] = await work(items[at]!);
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        if (ENDS_ALL.has(error.kind)) end = error;
        results[at] = { ok: false, error };
      }
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane));
  const stopped = end as ConnectorError | null;
  if (stopped === null) return results;
  if (!results.some((result) => result?.ok)) throw stopped;
  return Array.from(items, (_, at) => results[at] ?? { ok: false, error: stopped });
}
