import type { TriggerKind } from '../api-types';
import { contentRead } from './content-read';
import { nextOrderDue } from './next-order-due';
import { renewalNear } from './renewal-near';
import type { Judge } from './standing';
import { churnRisk, promising } from './threshold';
import { tierChange } from './tier-change';

export const JUDGES: Record<TriggerKind, Judge> = {
  'tier-up': tierChange(1),
  'tier-down': tierChange(-1),
  'churn-risk': churnRisk,
  'next-order-due': nextOrderDue,
  promising,
  'content-read': contentRead,
  'renewal-near': renewalNear,
};

export const KINDS = Object.keys(JUDGES) as TriggerKind[];

/** Kinds whose sides depend on the list of tiers. */
export const BY_TIERS: readonly TriggerKind[] = ['tier-up', 'tier-down', 'content-read'];
