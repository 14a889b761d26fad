import type { PaidOrder } from '../../../clv/people/paid-orders';
import type { PersonTouch } from '../../../clv/people/touches';
import type { PersonValueRow } from '../../../clv/runs/person-rows';
import type { TriggerMessage, TriggerSettings } from '../api-types';
import type { OwnSubscription } from '../evaluate/subscriptions';

/** All that triggers look at of one person. */
export interface Look {
  personId: string;
  /** Null when the latest run does not know the person. */
  row: PersonValueRow | null;
  /** In the order of time. */
  orders: PaidOrder[];
  subscriptions: OwnSubscription[];
  touches: PersonTouch[];
}

/** Where somebody stood on a subject when they were last looked at. */
export interface Before {
  side: string;
  updatedAt: number;
}

/** Where somebody stands on a subject now. The subject '' is the person as such, and always there. */
export interface Standing {
  subject: string;
  side: string;
  /** When time alone will make them cross. */
  dueAt: number | null;
}

/** Somebody came over to the far side of a trigger. */
export interface Crossing {
  subject: string;
  change: TriggerMessage['change'];
  /** The item that was read. */
  contentId?: number;
}

export interface Judgement {
  standings: Standing[];
  crossings: Crossing[];
}

/** What a kind goes by beside the person. */
export interface Circumstances {
  settings: TriggerSettings;
  now: number;
  /** When everyone was looked at; null while that goes on. */
  baselineAt: number | null;
  /** Whether the person is known to the trigger: whoever is not stands on the near side, as somebody new does. */
  known: boolean;
  /** From the best down. */
  tiers: readonly string[];
  /** The day on which an order that follows one of these is to be expected, as days since 1970-01-01; see `nextOrderDays`. */
  nextOrderDay(personId: string, orders: PaidOrder[], now: number): number | null;
  /** The first moment of a day, in the report's time zone. */
  startOfDay(day: string): number;
  /** Whether a content-read trigger is about an item. */
  isAbout(contentId: number): boolean;
  keyOf(contentId: number): string;
}

/** Says where a person stands, and what they crossed since `before`, which holds their subjects. */
export type Judge = (
  person: Look,
  before: ReadonlyMap<string, Before>,
  circumstances: Circumstances,
) => Judgement;

/** The subject of what is about the person as such. */
export const SELF = '';
