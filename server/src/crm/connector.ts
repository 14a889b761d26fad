import type { z } from 'zod';
import type { ConnectorError } from './connector-error';
import type { Http, HttpSettings } from './http/client';
import type { InsightField, InsightFieldInfo } from './insight-fields';

/*
 * The contract between this plugin and a CRM. A connector knows the CRM's API and nothing else: no Strapi, no database,
 * no clock or socket but those it is handed. One suite of tests (tests/contract) runs against every connector.
 */

/** What can be pulled. Subscriptions may also come along with customers or orders. */
export const STREAMS = ['customers', 'orders', 'subscriptions'] as const;
export type Stream = (typeof STREAMS)[number];

/**
 * A row with the columns of the CSV contract, such as `{ order_id, customer_id, ordered_at, amount, currency }`: text or
 * numbers, amounts in major units, ids as the CRM has them. What is missing keeps what is stored, null clears it.
 * Rows are judged later, one by one: a connector hands on an amount that it cannot make sense of as it is.
 */
export type CrmRow = Record<string, string | number | null | undefined>;

/** One record of the CRM and the rows it amounts to: none when it does not count (a deal that is not won). */
export interface PulledRecord {
  /** The CRM's own id of it, unique in its stream. */
  id: string;
  customers?: CrmRow[];
  orders?: CrmRow[];
  subscriptions?: CrmRow[];
}

/** Some records in the CRM's order, and where to go on. */
export interface Page {
  records: PulledRecord[];
  /** Ids of records that the CRM deleted. */
  gone?: string[];
  /** Ids of customers that the CRM deleted because they asked to be forgotten. */
  erased?: string[];
  /** Customers that the CRM merged: `from` is no more. */
  merged?: { from: string; into: string }[];
  /** Pulling with it goes on behind this page; after the last one, it brings what changes later. */
  cursor: string;
  /** Records in the whole of this pull, when the CRM tells. */
  total?: number;
}

/** What the CRM shall say of one customer. */
export interface Insight {
  /** The CRM's id of the customer. */
  customerId: string;
  /**
   * Null empties a field; one that is left out is not written, since the CRM may not have it. Money in major units of
   * `currency`, times as epoch milliseconds.
   */
  values: Record<Exclude<InsightField, 'segments'>, string | number | null> & {
    segments?: string | number | null;
  };
}

/** An entry in the CRM's time line of a customer. */
export interface Note {
  customerId: string;
  /** The same note always has the same key; sent twice, it must stand there once. At most 64 letters, digits and dashes. */
  key: string;
  at: number;
  title: string;
  text: string;
}

/** What became of one insight or note, in the order in which they were given. */
export type PushResult = { ok: true } | { ok: false; error: ConnectorError; gone?: boolean };

/** What `verify` found, shown to whoever connects. */
export interface Account {
  /** The CRM's id of the account: a connection never changes it unseen. */
  id: string;
  name: string;
  /** ISO 4217, where the CRM has a currency of its own. */
  currency?: string;
}

/** A property of the CRM's records that a column may be mapped to. */
export interface CrmField {
  name: string;
  label: string;
  type: 'text' | 'number' | 'money' | 'date' | 'choice' | 'other';
}

/** What became of the fields that insights need. */
export interface SchemaReport {
  created: string[];
  existing: string[];
  /** What somebody must do in the CRM by hand, in English; empty when all is there. */
  todo: string[];
}

/** What is left of the CRM's patience, by its own headers. */
export interface Budget {
  /** Requests or tokens. */
  remaining: number;
  limit: number;
  per: 'seconds' | 'day';
  resetsAt: number | null;
}

/** What a webhook said. */
export interface WebhookNews {
  /** Streams that have something new: they are pulled soon. */
  changed: Stream[];
  /** Rows that the message itself brought, by stream. */
  records?: Partial<Record<Stream, PulledRecord[]>>;
  gone?: { stream: Stream; ids: string[] }[];
  erased?: string[];
  merged?: { from: string; into: string }[];
}

/** A request to the webhook, as it came in. */
export interface WebhookRequest {
  method: string;
  /** With scheme, host and query, as the sender knows it. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** A message whose signature is right. */
export interface Webhook {
  /** Tells this delivery from every other; one that comes again is refused as a replay. */
  key: string;
  news: WebhookNews;
}

export interface Capabilities {
  pull: readonly Stream[];
  push: boolean;
  notes: boolean;
  webhooks: boolean;
  /** Insights that one call of `pushInsights` may hold, and notes of `pushNotes`. */
  batch: number;
  /** How deletions become known: pages tell them, `pullIds` lists what is there, or not at all. */
  deletions: 'told' | 'listed' | 'unknown';
}

export interface Connector {
  /** Of its kind: `hubspot`. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** A cheap request that needs every right the connector needs. @throws ConnectorError auth | config */
  verify(): Promise<Account>;
  /** What columns may be mapped to. */
  fields(): Promise<Record<Stream, CrmField[]>>;
  /** Makes the fields of insights in the CRM where they are missing, or says who must. @param fields all unless told */
  ensureSchema(fields?: readonly InsightFieldInfo[]): Promise<SchemaReport>;
  /** Everything from the beginning when `cursor` is null, else what changed since, some minutes twice. */
  pullCustomers(cursor: string | null): AsyncIterable<Page>;
  pullOrders(cursor: string | null): AsyncIterable<Page>;
  pullSubscriptions?(cursor: string | null): AsyncIterable<Page>;
  /** Ids of all records of a stream that are in the CRM now, for those that tell nothing of deletions. */
  pullIds?(stream: Stream): AsyncIterable<string[]>;
  /** At most `capabilities.batch`. Sent twice, the same insights change nothing. @throws when none of it was done */
  pushInsights(batch: Insight[]): Promise<PushResult[]>;
  pushNotes?(batch: Note[]): Promise<PushResult[]>;
  /** @throws ConnectorError auth when the signature is wrong or too old, permanent when the body makes no sense */
  parseWebhook?(request: WebhookRequest): Webhook;
  /** By the latest answers; null before the first. */
  budget?(): Budget | null;
}

/** Which property of the CRM fills a column, by stream; null for none. Columns that are not named keep their usual one. */
export type Mapping = Partial<Record<Stream, Record<string, string | null>>>;

/** What a connector is made with. */
export interface ConnectorTools {
  /** A client for one address, with patience, limits and a guard against secrets in errors. */
  http(settings: HttpSettings): Http;
  now(): number;
  /** The report's currency, of amounts in insights. */
  currency: string;
  mapping: Mapping;
  /** A place for what must outlive the process, such as an access token or a new refresh token; kept encrypted. */
  tokens: { read(): Promise<string | null>; write(value: string): Promise<void> };
}

/** One entry of the form in the admin. Its texts are the ones of the translations, where they are known there. */
export interface FormField {
  name: string;
  /** `secret` is kept encrypted and never shown again. */
  type: 'text' | 'secret' | 'url' | 'choice' | 'multiline' | 'json';
  label: string;
  help?: string;
  required: boolean;
  placeholder?: string;
  choices?: { value: string; label: string }[];
  /** Shown only while another field has this value. */
  when?: { field: string; is: string };
}

/** A kind of CRM: how to ask for its options, and how to make a connector of them. */
export interface ConnectorKind<Options = unknown> {
  /** Short, in lower case, such as `hubspot`; part of addresses. */
  kind: string;
  title: string;
  form: FormField[];
  /** Judges what the form gave; strict, so that a misspelt option is told. */
  options: z.ZodType<Options>;
  /** The property that fills each column by default, by stream, for every column that can be mapped. */
  columns(options: Options): Record<Stream, Record<string, string | null>>;
  /**
   * What of the options, without secrets, decides what a stream gives: where that changes, all of it is pulled again, as with
   * another mapping.
   */
  reads?(options: Record<string, unknown>): Partial<Record<Stream, unknown>>;
  /** Checks its options at once. @throws ConnectorError config */
  create(options: Options, tools: ConnectorTools): Connector;
  /** Where the CRM asks its user for consent (OAuth 2, authorization code). */
  oauth?: {
    authorizeUrl(options: Options, redirectUrl: string, state: string): string;
    /** @returns what `tools.tokens` shall hold */
    exchange(
      options: Options,
      http: ConnectorTools['http'],
      code: string,
      redirectUrl: string,
    ): Promise<string>;
  };
}
