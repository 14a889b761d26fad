import type { TriggerKind } from '../../../../server/src/activation/triggers/api-types';
import type { MessageId } from '../../text';

/** What can be set of a kind. */
export type Setting = 'tiers' | 'threshold' | 'daysBefore' | 'content' | 'readerTiers';

interface KindInfo {
  name: MessageId;
  /** What makes somebody cross, in one sentence. */
  what: MessageId;
  settings: Setting[];
  /** What is meant when nothing is set. */
  threshold?: number;
  daysBefore?: number;
}

/** The kinds of triggers, in the order in which they are offered. */
export const KINDS: Record<TriggerKind, KindInfo> = {
  'tier-up': {
    name: 'clv.triggers.kind.tier-up',
    what: 'clv.triggers.kind.tier-up.what',
    settings: ['tiers'],
  },
  'tier-down': {
    name: 'clv.triggers.kind.tier-down',
    what: 'clv.triggers.kind.tier-down.what',
    settings: ['tiers'],
  },
  'churn-risk': {
    name: 'clv.triggers.kind.churn-risk',
    what: 'clv.triggers.kind.churn-risk.what',
    settings: ['threshold'],
    threshold: 0.5,
  },
  promising: {
    name: 'clv.triggers.kind.promising',
    what: 'clv.triggers.kind.promising.what',
    settings: ['threshold'],
    threshold: 0.3,
  },
  'next-order-due': {
    name: 'clv.triggers.kind.next-order',
    what: 'clv.triggers.kind.next-order.what',
    settings: ['daysBefore'],
    daysBefore: 0,
  },
  'renewal-near': {
    name: 'clv.triggers.kind.renewal',
    what: 'clv.triggers.kind.renewal.what',
    settings: ['daysBefore'],
    daysBefore: 30,
  },
  'content-read': {
    name: 'clv.triggers.kind.content',
    what: 'clv.triggers.kind.content.what',
    settings: ['content', 'readerTiers'],
  },
};

export const KIND_NAMES = Object.keys(KINDS) as TriggerKind[];

/** Triggers to begin with. */
export const STARTERS: { kind: TriggerKind; name: MessageId; what: MessageId }[] = [
  { kind: 'churn-risk', name: 'clv.triggers.starter.risk', what: 'clv.triggers.starter.risk.what' },
  {
    kind: 'promising',
    name: 'clv.triggers.starter.promising',
    what: 'clv.triggers.starter.promising.what',
  },
  { kind: 'tier-up', name: 'clv.triggers.starter.up', what: 'clv.triggers.starter.up.what' },
];
