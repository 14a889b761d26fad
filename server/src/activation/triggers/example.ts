import type { TriggerInput, TriggerKind, TriggerMessage } from './api-types';

const NOBODY = '00000000-0000-7000-8000-000000000000';

const CHANGES: Record<TriggerKind, TriggerMessage['change']> = {
  'tier-up': { from: 'gold', to: 'platinum' },
  'tier-down': { from: 'platinum', to: 'gold' },
  'churn-risk': { from: null, to: 0.62 },
  'next-order-due': { from: '2026-01-12', to: '2026-02-09' },
  promising: { from: null, to: 0.41 },
  'content-read': { from: null, to: 'api::white-paper.white-paper/k3v9q1x0a7b2c4d6e8f0g1h2' },
  'renewal-near': { from: null, to: '2026-03-01' },
};

/** A message of a trigger as it would look, with the figures of nobody. */
export function exampleOf(
  { name, kind }: Pick<TriggerInput, 'name' | 'kind'>,
  currency: string,
): TriggerMessage {
  const prospect = kind === 'promising';
  const change = CHANGES[kind];
  return {
    trigger: { id: NOBODY, name, kind },
    person: { id: NOBODY, customerIds: prospect ? [] : ['C-10042'] },
    change,
    value: {
      tier: prospect ? null : 'platinum',
      stage: prospect ? 'prospect' : 'active',
      predicted: 840,
      total: prospect ? 0 : 3120.5,
      currency,
      pAlive: prospect ? null : 0.93,
      buyProbability: prospect ? 0.41 : null,
    },
    content: kind === 'content-read' ? { key: String(change.to), title: 'A white paper' } : null,
    timing: {
      reads: { weekday: 2, hour: 9, n: 14 },
      buys: prospect ? null : { weekday: 4, hour: 15, n: 7 },
    },
  };
}
