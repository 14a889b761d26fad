import type { Account, Budget, Capabilities, CrmField, FormField, Mapping, Stream } from '../connector';
import type { ErrorKind } from '../connector-error';
import type { InsightField } from '../insight-fields';

/** Types that the admin shares with the server; types only. Times are epoch milliseconds. */

export type { Capabilities, CrmField, FormField, Mapping, SchemaReport, Stream } from '../connector';
export type { ErrorKind } from '../connector-error';
export type { InsightField } from '../insight-fields';

export type StreamName = Stream | 'push';

/** One kind of CRM that can be connected. `GET /clv/crm/kinds` → `{ kinds: KindInfo[] }` */
export interface KindInfo {
  kind: string;
  title: string;
  form: FormField[];
  /** Whether its user is sent to the CRM to allow the connection. */
  oauth: boolean;
  /** Where the CRM sends its user back to: must be entered where the app is registered in the CRM. */
  redirectUrl?: string;
}

/** `POST /clv/crm/check` with `{ kind, options, connectionId? }`: asks the CRM without storing anything. */
export interface CheckResult {
  account: Account;
  capabilities: Capabilities;
  fields: Record<Stream, CrmField[]>;
  /** The property of each column unless it is mapped otherwise. */
  columns: Record<Stream, Record<string, string | null>>;
}

/** Why a CRM could not be asked: the `details` of an error answer with status 422. */
export interface CrmProblem {
  kind: ErrorKind;
  /** The entry of the form that is wrong, where it is one. */
  field?: string;
}

/** What is pushed. */
export interface PushSettings {
  enabled: boolean;
  /** Fields that go out. */
  fields: InsightField[];
  /** Whether downloads of these kinds of content become notes; empty for none. */
  noteKinds: string[];
}

export interface StreamState {
  stream: StreamName;
  /** The job that is under way. */
  jobId: string | null;
  paused: boolean;
  everyMinutes: number | null;
  /** Whether everything was pulled once. */
  complete: boolean;
  /** Records of the pull that is under way or was broken off; `total` where the CRM tells. */
  done: number;
  total: number | null;
  lastStartedAt: number | null;
  lastDoneAt: number | null;
  notBefore: number | null;
  error: string | null;
  errorKind: ErrorKind | null;
}

/** A row of `GET /clv/crm/connections` → `{ connections: ConnectionSummary[] }` */
export interface ConnectionSummary {
  id: string;
  kind: string;
  title: string;
  name: string;
  idPrefix: string;
  enabled: boolean;
  account: Account;
  budget: Budget | null;
  streams: StreamState[];
  /** Records that could not be taken, and messages that were given up. */
  problems: number;
  dead: number;
  waiting: number;
  /** Until when the push rests after failures; null while it does not. */
  breakerUntil: number | null;
}

/** `GET /clv/crm/connections/:id`; the same comes back when it is created or changed. */
export interface ConnectionDetail extends ConnectionSummary {
  /** Options that are no secrets. */
  options: Record<string, unknown>;
  /** Names of the secrets that are stored. */
  secretsSet: string[];
  mapping: Mapping;
  push: PushSettings;
  capabilities: Capabilities;
  /** Where the CRM sends webhooks to; null when the kind has none. */
  webhookUrl: string | null;
  createdAt: number;
  updatedAt: number;
}

/** The body of `POST /clv/crm/connections`; of `PUT /clv/crm/connections/:id` any part of it but the kind. */
export interface ConnectionInput {
  kind: string;
  name: string;
  idPrefix: string;
  /** Of secrets, what is left out keeps what is stored. */
  options: Record<string, unknown>;
  mapping: Mapping;
  push: PushSettings;
  /** Minutes between two runs by stream; null for none. */
  everyMinutes: Partial<Record<StreamName, number | null>>;
  enabled?: boolean;
}

/** What a run of one stream did; the `result` of a job of the kind `sync`, written while it runs. */
export interface SyncResult {
  stream: StreamName;
  /** Records, or messages of a push. */
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  /** Records that the CRM has no more, and customers that it merged. */
  removed: number;
  merged: number;
  requests: number;
  seconds: number;
}

/** `GET /clv/crm/connections/:id/runs?limit=20` → `{ runs: SyncRun[] }`, the latest first. */
export interface SyncRun {
  jobId: string;
  stream: StreamName;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  startedBy: string | null;
  startedAt: number | null;
  finishedAt: number | null;
  progress: number;
  result: SyncResult | null;
  error: string | null;
}

/** `GET /clv/crm/connections/:id/problems?page=1&stream=orders`: 50 a page. */
export interface ProblemPage {
  total: number;
  page: number;
  problems: {
    stream: Stream;
    recordId: string;
    customerId: string | null;
    field: string | null;
    reason: string;
    /** Shown to those who may import data. */
    raw: Record<string, unknown> | null;
    firstAt: number;
    lastAt: number;
  }[];
}

/** `GET /clv/crm/connections/:id/dead?page=1`: 50 a page. `POST …/dead/replay` and `…/dead/drop` take `{ ids? }`, all without. */
export interface DeadPage {
  total: number;
  page: number;
  letters: {
    id: string;
    customerId: string;
    /** Null for insights. */
    noteKey: string | null;
    attempts: number;
    errorKind: ErrorKind;
    reason: string;
    createdAt: number;
    updatedAt: number;
  }[];
}

export type QualityKey =
  | 'unmatched'
  | 'withoutEmail'
  | 'duplicates'
  | 'missingAmounts'
  | 'impossibleDates'
  | 'unknownCurrencies'
  | 'otherProblems'
  | 'gone';

/** `GET /clv/crm/connections/:id/quality`: what is wrong with the data and how much of it. */
export interface Quality {
  customers: number;
  orders: number;
  checks: {
    key: QualityKey;
    count: number;
    /** Out of how many. */
    of: number;
    /** Some ids of the CRM. */
    examples: string[];
  }[];
}
