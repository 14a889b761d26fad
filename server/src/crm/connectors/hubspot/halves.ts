import type { PushResult } from '../../connector';
import { ConnectorError } from '../../connector-error';

/**
 * Sends a batch; where HubSpot refuses it whole because of one of its records, which it does not name, the halves of it.
 *
 * @throws what `send` throws, unless it is the fault of a record
 */
export async function inHalves<Item>(
  items: Item[],
  send: (items: Item[]) => Promise<PushResult[]>,
): Promise<PushResult[]> {
  if (items.length === 0) return [];
  try {
    return await send(items);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'permanent') throw error;
    if (items.length === 1) return [{ ok: false, error }];
    const half = Math.ceil(items.length / 2);
    const first = await inHalves(items.slice(0, half), send);
    return [...first, ...(await inHalves(items.slice(half), send))];
  }
}
