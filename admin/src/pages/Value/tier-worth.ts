import type { TierRow, ValueReport } from '../../../../server/src/clv/api-types';

/** What the people of a tier are worth together, by the value that tiers go by: limits and shares then speak of one thing. */
export function tierWorth({ value, predicted }: TierRow, of: ValueReport['tiers']['of']): number {
  const historical = of === 'predicted' ? 0 : value;
  return historical + (of === 'historical' ? 0 : (predicted ?? 0));
}
