import { tierName } from './components/tier-words';
import type { Formats } from './format';
import type { MessageId, Text } from './text';

/** What divides people into slices. */
const DIVIDED_BY: Record<string, MessageId> = {
  channel: 'clv.by.channel',
  segment: 'clv.by.segment',
  tier: 'clv.by.tier',
  cohort: 'clv.by.cohort',
  customers: 'clv.by.customers',
  accounts: 'clv.by.accounts',
};

const NAMED: Record<string, MessageId> = {
  'customers:new': 'clv.slice.new',
  'customers:existing': 'clv.slice.existing',
  'accounts:company': 'clv.slice.company',
};

export const divisionName = (of: string, text: Text): string => (DIVIDED_BY[of] ? text(DIVIDED_BY[of]) : of);

const QUARTER = /^(\d{4})-Q([1-4])$/;

/** A slice as people call it: tiers and new customers by their names, `2026-Q1` as "Q1 2026". */
export function sliceName(of: string, value: string, text: Text, format: Formats): string {
  const named = NAMED[`${of}:${value}`];
  if (named) return text(named);
  if (of === 'tier') return tierName(value, text);
  const [, year, quarter] = value.match(QUARTER) ?? [];
  if (of === 'cohort' && year) return text('clv.slice.quarter', { year, quarter: Number(quarter) });
  return of === 'cohort' && /^\d{4}-\d{2}$/.test(value) ? format.month(value) : value;
}
