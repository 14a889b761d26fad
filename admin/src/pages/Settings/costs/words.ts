import type { CostKey } from '../../../../../server/src/crm/costs/api-types';
import type { Formats } from '../../../format';
import { PLUGIN_ID } from '../../../plugin';
import type { MessageId, Text } from '../../../text';

/** Where many come in at a time. */
export const IMPORT = `/plugins/${PLUGIN_ID}/import?kind=costs`;

const SOURCE: Record<string, MessageId> = {
  admin: 'clv.settings.costs.source.admin',
  csv: 'clv.settings.costs.source.csv',
  api: 'clv.settings.costs.source.api',
};

/** How a cost came here; a name that an app chose stays as it is. */
export function sourceName(source: string, text: Text): string {
  const known = SOURCE[source];
  return known ? text(known) : source;
}

/** Different for any two costs. */
export const costId = ({ month, channel, product_line, segment }: CostKey): string =>
  JSON.stringify([month, channel, product_line, segment]);

/** Whether it may come again by the way it came. */
export const cameFromElsewhere = (source: string): boolean => source !== 'admin';

/** "Mar 2026, search, machines": what tells a cost apart. */
export const costName = ({ month, channel, product_line, segment }: CostKey, format: Formats): string =>
  [format.month(month), channel, product_line, segment].filter(Boolean).join(', ');
