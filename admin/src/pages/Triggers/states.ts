import type { DeliveryState } from '../../../../server/src/activation/triggers/api-types';
import type { Tone } from '../../components/Badge';
import type { MessageId } from '../../text';

/** How a delivery stands, as a coloured, signed word. */
export const STATE: Record<DeliveryState, { tone: Tone; sign: string; name: MessageId }> = {
  sent: { tone: 'success', sign: '✓', name: 'clv.triggers.state.sent' },
  waiting: { tone: 'warning', sign: '…', name: 'clv.triggers.state.waiting' },
  dead: { tone: 'danger', sign: '✕', name: 'clv.triggers.state.dead' },
};

/** What the log can be narrowed down to: how a message went, or that it did not go at all. */
export const LOG_STATES: [state: string, name: MessageId][] = [
  ...(Object.keys(STATE) as DeliveryState[]).map((state): [string, MessageId] => [state, STATE[state].name]),
  ['holdout', 'clv.triggers.held-out'],
];
