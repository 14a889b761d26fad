import { kindName } from '../format';
import type { MessageId, Text } from '../text';

/** The tiers that are there unless the configuration names others. */
const TIER: Record<string, MessageId> = {
  platinum: 'clv.tier.platinum',
  gold: 'clv.tier.gold',
  silver: 'clv.tier.silver',
  bronze: 'clv.tier.bronze',
};

/** A tier as people call it: those of the configuration by the names given there. */
export const tierName = (tier: string, text: Text): string =>
  TIER[tier] ? text(TIER[tier]) : kindName(tier);
