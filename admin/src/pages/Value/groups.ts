import type { GroupBy } from '../../../../server/src/clv/api-types';
import { tierName } from '../../components/tier-words';
import type { Formats } from '../../format';
import type { MessageId, Text } from '../../text';

export const GROUP_NAME: Record<GroupBy, MessageId> = {
  channel: 'clv.by.channel',
  segment: 'clv.by.segment',
  cohort: 'clv.by.cohort',
  productLine: 'clv.by.product-line',
  tier: 'clv.by.tier',
};

const MONTH = /^\d{4}-\d{2}$/;

/** A group as people call it: months and tiers by their names, `''` as not stated. */
export function groupName(by: GroupBy, group: string, text: Text, format: Formats): string {
  if (group === '') return text('clv.by.unknown');
  if (by === 'tier') return tierName(group, text);
  return MONTH.test(group) ? format.month(group) : group;
}
