import type { TriggerKind, TriggerMessage } from '../api-types';

const percent = (share: string | number | null) => `${Math.round(Number(share) * 100)} %`;

const TITLES: Record<TriggerKind, (message: TriggerMessage) => string> = {
  'tier-up': ({ change }) => `Tier up: ${change.from} to ${change.to}`,
  'tier-down': ({ change }) => `Tier down: ${change.from} to ${change.to}`,
  'churn-risk': ({ change }) => `Risk of leaving: ${percent(change.to)}`,
  'next-order-due': ({ change }) => `Next order expected on ${change.to}`,
  promising: ({ change }) => `Likely to become a customer: ${percent(change.to)}`,
  'content-read': ({ content }) => `Read: ${content?.title ?? ''}`,
  'renewal-near': ({ change }) => `Subscription renews on ${change.to}`,
};

/** A message as a note on a customer, as JSON of the outbox; in English, as all that goes to CRMs. */
export function noteOf(message: TriggerMessage, at: number): string {
  const { trigger, value } = message;
  const facts = [
    value.tier && `tier ${value.tier}`,
    `stage ${value.stage}`,
    `total value ${value.total} ${value.currency}`,
    value.predicted !== null && `of that predicted ${value.predicted} ${value.currency}`,
  ];
  const title = TITLES[trigger.kind](message);
  return JSON.stringify({
    at,
    title,
    text: `${title} (${trigger.name}). ${facts.filter(Boolean).join(', ')}.`,
  });
}
