/** Types that the admin shares with the server; types only. */

export type ImportKind = 'orders' | 'customers' | 'costs' | 'subscriptions';

export interface RowProblem {
  /** Line of the file, the header being line 1. */
  row: number;
  field: string | null;
  /** What is wrong and what to do, in English. */
  reason: string;
}

/** `POST /clv/imports/preview` (multipart field `file`, query `kind=<ImportKind>`). */
export interface ImportPreview {
  kind: ImportKind;
  /** Columns of the file that are used, that are unknown and left out, and that are missing though required. */
  columns: { used: string[]; ignored: string[]; missing: string[] };
  /** The first 20 rows as read. */
  sample: Record<string, string>[];
  rows: number;
  /** Rows that would be rejected; the first 200 of them are listed. */
  rejected: number;
  problems: RowProblem[];
}

/** `POST /clv/imports` (same body) answers 202 with this; the job's `result` is an ImportResult. */
export interface ImportStarted {
  jobId: string;
}

/** Rows by what became of them; the rejected ones are at `GET /clv/imports/:jobId/errors.csv`. */
export interface ImportResult {
  kind: ImportKind;
  file: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Rows whose id comes again later in the file; the last one counts. */
  duplicates: number;
  rejected: number;
  /** Unused columns, replaced rows, orders whose customer has no record yet: in English. */
  notes: string[];
}

/**
 * `POST /api/clv/orders` with an API token and `{ orders: [...] }`: up to 1,000, each as a row of the CSV with the same
 * names. `POST /api/clv/customers` with `{ customers: [...] }`, `/costs` and `/subscriptions` answer the same.
 */
export interface OrdersResult {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows whose id comes again later in the request; the last one counts. */
  duplicates: number;
  rejected: { index: number; field: string | null; reason: string }[];
}
