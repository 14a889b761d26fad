import { required } from '../../crm/csv/order-row';
import { parseMoney } from '../../crm/csv/parse-money';
import { CURRENCY, simulateWorld, type WorldOptions } from '../../ranking/models/simulate/world';
import { readRows } from '../read-rows';

const CONTRACT = { required: ['content_id', 'effect'], optional: [] };

/**
 * Reads effects in minor units by content id.
 *
 * @throws when the file names an item that a world of this seed and size does not have
 */
export async function readEffects(file: string, world: WorldOptions): Promise<Map<string, number>> {
  const effectRow = (values: Record<string, string>) => ({
    contentId: required(values, 'content_id'),
    effect: parseMoney(values.effect ?? '', CURRENCY, 'effect'),
  });
  const known = new Set(simulateWorld(world).items.map(({ contentId }) => contentId));
  const effects = new Map<string, number>();
  for await (const { contentId, effect } of readRows(file, CONTRACT, effectRow)) {
    if (!known.has(contentId)) {
      const some = [...known].slice(0, 3).join(', ');
      throw new Error(`${file}: there is no content item ${contentId}; this world has ${some}, …`);
    }
    effects.set(contentId, effect);
  }
  return effects;
}
