import type { MessageId, Text } from './text';

const TRAIT: Record<string, MessageId> = {
  reading: 'clv.trait.reading',
  visits: 'clv.trait.visits',
  tenure: 'clv.trait.tenure',
  priorValue: 'clv.trait.prior-value',
  accountSize: 'clv.trait.account-size',
};

const CHANNEL = 'channel:';

/** A trait by which people are alike, as people call it. */
export function traitName(trait: string, text: Text): string {
  if (trait.startsWith(CHANNEL)) return text('clv.trait.channel', { channel: trait.slice(CHANNEL.length) });
  return TRAIT[trait] ? text(TRAIT[trait]) : trait;
}
