/** Types that the admin shares with the server; types only. Amounts are major units; times are epoch milliseconds. */

/** What an administrator may set: the names that config/plugins uses. */
export type SettingPath =
  | 'consent.mode'
  | 'consent.respectGpc'
  | 'consent.respectDnt'
  | 'tracking.origins'
  | 'value.currency'
  | 'value.rates'
  | 'value.timezone'
  | 'tiers.of'
  | 'tiers.rule'
  | 'tiers.names'
  | 'tiers.cuts'
  | 'targets.ratio'
  | 'targets.retention'
  | 'ranking.value'
  | 'ranking.fdr'
  | 'ranking.landmarkDate'
  | 'attribution.lookbackDays'
  | 'attribution.windowDays'
  | 'attribution.halfLifeDays'
  | 'prediction.horizonDays'
  | 'prediction.discountRate'
  | 'activation.holdout'
  | 'privacy.retentionDays';

/** Where a value comes from: config/plugins wins over what was saved, and that over the default. */
export type Source = 'file' | 'saved' | 'default';

/** When a saved value counts; some count in more than one way. */
export type TakesEffect = 'at once' | 'next run' | 'restart';

/** The runs that must be computed anew before screens show a new value. */
export type NeededRun = 'value' | 'rank';

export interface Setting {
  path: SettingPath;
  /** In force; null where there is none. */
  value: unknown;
  /** What it would be if nobody had said anything; null where there is none. */
  default: unknown;
  source: Source;
  takesEffect: TakesEffect[];
  runs: NeededRun[];
}

export interface SettingsChange {
  at: number;
  /** The administrator's name; null of one who is gone. */
  by: string | null;
  path: SettingPath;
  /** Null is the default. */
  from: unknown;
  to: unknown;
}

/** `GET /clv/settings`, and the answer to every change. */
export interface SettingsAnswer {
  /** Goes up with every change; a change names the one that it was made from. */
  version: number;
  settings: Setting[];
  /** Saved values that no longer fit, such as after config/plugins was changed; they do not count. */
  ignored: { path: SettingPath; reason: string }[];
  /** The last fifty, the latest first. */
  changes: SettingsChange[];
  /** What tiers go by in the latest run: a start for bands; null before the first. */
  tiers: { currency: string; names: string[]; limits: number[] } | null;
  /** What tiers go by where nobody says: names, and by rule and number of tiers the cuts. Bands have none. */
  tierDefaults: { names: string[]; cuts: Record<'quantiles' | 'pareto', Record<string, number[]>> };
}

/** Values by path; null takes the saved value back, so that the default counts. */
export type SettingsDraft = Partial<Record<SettingPath, unknown>>;

/** `PUT /clv/settings`: only what changes. 409 when somebody else saved meanwhile; 400 with `{ errors: FieldError[] }`. */
export interface SettingsInput {
  version: number;
  values: SettingsDraft;
}

/* `DELETE /clv/settings/:path?version=…` takes one saved value back. */

/** What is wrong with one value. */
export interface FieldError {
  path: SettingPath;
  /** `value`: the setting itself does not allow it; the others are about settings together. */
  code:
    | 'value'
    | 'fixed'
    | 'own-rate'
    | 'names-twice'
    | 'cuts-missing'
    | 'cuts-count'
    | 'cuts-shares'
    | 'cuts-order';
  /** In English. */
  message: string;
}

/** `POST /clv/settings/preview` with `{ values: SettingsDraft }`: what the draft would change. 400 as PUT. */
export interface SettingsPreview {
  tiers: TiersPreview | null;
  consent: ConsentPreview | null;
  money: MoneyPreview | null;
  days: DaysPreview | null;
  targets: TargetPreview[] | null;
  retention: RetentionPreview | null;
  holdout: HoldoutPreview | null;
  /** Runs after which screens show the change. */
  runs: NeededRun[];
}

export interface TiersPreview {
  /** Why it cannot be told; null when it can. `bands`: the limits are in a currency that the latest run does not have. */
  unknown: 'no run' | 'bands' | null;
  currency: string;
  customers: number;
  /** Whose tier would be another; where only names change, nobody's. */
  moving: number;
  /** From the best down: the tiers of the latest run, and those of the draft. Means are null of an empty tier. */
  now: TierSize[];
  draft: TierSize[];
  /** The largest first. A tier that is null is that of customers whose value is not known. */
  moves: { from: string | null; to: string | null; people: number }[];
}

export interface TierSize {
  tier: string;
  customers: number;
  mean: number | null;
}

/** How much of something there is. */
export interface Reach {
  visitors: number;
  touches: number;
}

export interface ConsentPreview {
  days: number;
  /** False when only the newest touches were looked at. */
  complete: boolean;
  /** What was stored of browsers in those days. */
  stored: Reach;
  /** What of it the draft would not have stored; null when it would have stored all of it. */
  lost: Reach | null;
  /** Touches dropped since the plugin was installed; by whom and when is not kept. */
  dropped: { consent: number; gpc: number; dnt: number };
  /** What nobody can tell, since it is not kept. */
  unknown: ('gpc' | 'dnt' | 'refused')[];
}

export interface MoneyPreview {
  currency: string;
  /** Every currency that occurs. */
  currencies: {
    currency: string;
    orders: number;
    /** Rows of marketing costs, subscriptions, and customers with costs of their own. */
    others: number;
    /** Without a rate the next run stops and says so. */
    lacksRate: boolean;
  }[];
  orders: number;
  /** Orders in currencies without a rate. */
  lacking: number;
  /** Currencies whose rates stay as they are, though the currency that they are told in becomes another. */
  staleRates: string[];
}

export interface DaysPreview {
  days: number;
  orders: number;
  /** Orders that fall on another day. */
  moving: number;
}

export interface TargetPreview {
  path: 'targets.ratio' | 'targets.retention';
  /** The figure of the latest run with its interval; null without enough data. */
  figure: { value: number; low: number | null; high: number | null } | null;
  now: number | null;
  draft: number | null;
  /** Whether it is reached; null when nothing is to be reached, or nothing is known. */
  reachedNow: boolean | null;
  reachedDraft: boolean | null;
}

export interface RetentionPreview {
  /** False when there are more touches than were looked at; then there are at least so many. */
  complete: boolean;
  touches: number;
  /** Touches that the next night deletes anyway, and with the draft. */
  now: number;
  draft: number;
  /** What attribution then has: see `attribution.lookbackDays` and `.windowDays`. */
  lookbackDays: number;
  windowDays: number;
}

export interface HoldoutPreview {
  /** Readers a day, the mean over `days`. */
  readers: number;
  days: number;
  complete: boolean;
  /** Of those, how many would get no recommendations. */
  now: number;
  draft: number;
}
