/** Types that the admin shares with the server; types only. Times are epoch milliseconds. */

export type TriggerKind =
  | 'tier-up'
  | 'tier-down'
  | 'churn-risk'
  | 'next-order-due'
  | 'promising'
  | 'content-read'
  | 'renewal-near';

/** What makes somebody cross, by kind; what is left out has the default that is named. */
export interface TriggerSettings {
  /** tier-up, tier-down: only into these tiers; every tier unless told. */
  tiers?: string[];
  /** churn-risk: probability of having left, 0.5; promising: probability of a first order within the horizon, 0.3. */
  threshold?: number;
  /** next-order-due: days before the expected order, 0; renewal-near: days before the next chance to cancel, 30. */
  daysBefore?: number;
  /** content-read: any of these items (keys), or anything of these kinds. */
  contents?: string[];
  kinds?: string[];
  /** content-read: by persons of these tiers; the best tier unless told. */
  readerTiers?: string[];
}

/** Where messages go. Strapi's event hub, and with it Strapi's own webhooks, hears of each. */
export interface TriggerActions {
  /** Ids of endpoints. */
  endpoints: string[];
  /** Ids of CRM connections; each gets a note on the customer. */
  connections: string[];
}

/** `POST /clv/triggers`, `PUT /clv/triggers/:id` */
export interface TriggerInput {
  name: string;
  kind: TriggerKind;
  settings: TriggerSettings;
  segmentId: string | null;
  actions: TriggerActions;
  /** Nobody gets a second message of this trigger sooner. */
  cooldownHours: number;
  /** Share of the persons who get none, so that what it brings can be told: 0 to 0.5. */
  holdout: number;
  enabled: boolean;
}

export interface Trigger extends TriggerInput {
  id: string;
  /** Null while everyone is looked at for the first time, which sends nothing. */
  baselineAt: number | null;
  /** Messages of the last 30 days: sent, held out, waiting, given up. */
  recent: { treated: number; holdout: number; waiting: number; dead: number };
  /** Crossings since it was made that made no message, by the reason. */
  skipped?: { consent: number; segment: number; cooldown: number };
  lastAt: number | null;
  /** The experiment that tells what it brings; null with a holdout of 0. */
  experimentId: string | null;
  createdAt: number;
  updatedAt: number;
}

/** A program that takes signed webhooks. The secret is shown once, by the answer that makes it. */
export interface Endpoint {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  /** Waiting, and given up. */
  waiting: number;
  dead: number;
  /** Until when it is left alone, after failures in a row. */
  restsUntil: number | null;
  lastError: string | null;
  createdAt: number;
  updatedAt: number;
}

/** `POST /clv/endpoints`, `PUT /clv/endpoints/:id` */
export interface EndpointInput {
  name: string;
  url: string;
  enabled: boolean;
}

/** `POST /clv/endpoints` and `POST /clv/endpoints/:id/secret`: the only answers with the secret (`whsec_…`). */
export interface EndpointMade {
  endpoint: Endpoint;
  secret: string;
}

/** `POST /clv/endpoints/:id/test`: sends a message of the type `clv.test` at once. */
export interface EndpointTest {
  ok: boolean;
  status: number | null;
  /** Why it failed, in English. */
  reason: string | null;
  milliseconds: number;
}

/** `GET /clv/triggers` */
export interface TriggerList {
  triggers: Trigger[];
  endpoints: Endpoint[];
  /** Connections that take notes. */
  connections: { id: string; name: string; kind: string }[];
  segments: { id: string; name: string }[];
  tiers: string[];
  /** False before the first run of the value engine. */
  valued: boolean;
}

/** `POST /clv/triggers/preview` with a TriggerInput: whom it is about today. */
export interface TriggerPreview {
  /** Persons on the far side now, who get no message for being there. */
  there: number;
  /** Persons whom it could ever be about. */
  population: number;
  /** The message as it would look, with the figures of nobody. */
  example: TriggerMessage;
}

/** What a message says: the `data` of a webhook, whose `type` is `clv.<kind>` and whose `id` is the message's. */
export interface TriggerMessage {
  trigger: { id: string; name: string; kind: TriggerKind };
  /** Ids of our own, and by which CRMs and shops know the person. No name, no address. */
  person: { id: string; customerIds: string[] };
  /** What crossed: tiers, a probability, an order's expected day, an item. */
  change: { from: string | number | null; to: string | number | null };
  value: {
    tier: string | null;
    stage: string;
    predicted: number | null;
    total: number;
    currency: string;
    pAlive: number | null;
    buyProbability: number | null;
  };
  /** The item that was read; null otherwise. */
  content: { key: string; title: string } | null;
  /** When this person usually reads and buys, in the report's time zone; null with fewer than five of them. */
  timing: { reads: TimingAdvice | null; buys: TimingAdvice | null };
}

/** When somebody is most likely to: weekday 1 (Monday) to 7, hour 0 to 23 at which a window of three hours begins. */
export interface TimingAdvice {
  weekday: number | null;
  hour: number | null;
  /** How many events it rests on. */
  n: number;
}

export type DeliveryState = 'waiting' | 'sent' | 'dead';

/** One message in the log. */
export interface LoggedMessage {
  id: string;
  triggerId: string;
  triggerName: string;
  kind: TriggerKind;
  personId: string;
  customerIds: string[];
  change: TriggerMessage['change'];
  content: TriggerMessage['content'];
  arm: string;
  createdAt: number;
  deliveries: {
    destination: string;
    /** Of the endpoint or connection; null when it is gone, and for Strapi itself. */
    name: string | null;
    state: DeliveryState;
    attempts: number;
    nextAt: number | null;
    reason: string | null;
    updatedAt: number;
  }[];
}

/** `GET /clv/triggers/log?triggerId=&state=&page=&pageSize=` */
export interface TriggerLog {
  messages: LoggedMessage[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}

/** `POST /clv/triggers/deliveries/retry` and `/drop` with `{ deliveries: [{ messageId, destination }] }` or `{ destination }` */
export interface DeliveriesChanged {
  changed: number;
}
