import { z } from 'zod';
import { SLICED_BY } from './ranking/sliced-by';
import type { Strapi } from './room';

const uid = z
  .string()
  .regex(
    /^(api|plugin)::[a-z0-9-]+(\.[a-z0-9-]+)$/i,
    'is not the uid of a content type, such as "api::article.article"',
  );
const origin = z
  .string()
  .refine(
    (value) => URL.canParse(value) && new URL(value).origin === value,
    'is not an origin, such as "https://www.example.com" (no path, no slash at the end)',
  );
const host = z
  .string()
  .regex(
    /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i,
    'is not a host, such as "crm.example.internal" or "127.0.0.1:8000" (no scheme, no path)',
  );
const currency = z.string().regex(/^[A-Z]{3}$/, 'is not an ISO 4217 currency code, such as "EUR"');
const timezone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'is not an IANA time zone, such as "Europe/Rome"');
const cronHelp = 'is neither false nor a cron rule of five fields, such as "15 3 * * *"';
const cron = z.string().regex(/^\s*([\w*,/#?-]+\s+){4,5}[\w*,/#?-]+\s*$/, cronHelp);
const day = z.iso.date('is not a date, such as "2026-01-31"');

/** The name of a way to group content; those that rankings have by themselves are taken. */
const dimension = z
  .string()
  .regex(
    /^(?!(?:kind|locale|topic)$)[a-z][a-z0-9-]{0,31}$/,
    'is not a short name in lower case, such as "author"; "kind", "locale" and "topic" are taken',
  );
const entryPath = z
  .string()
  .regex(
    /^[a-z][\w-]*(\.[\w-]+){0,4}$/i,
    'is no attribute, such as "author", and no path to one, such as "author.name", "seo.keyword" or "blocks.__component"',
  );

const trackedType = z.strictObject({
  /** The word for this type on screens and in exports, such as `article` or `white-paper`. */
  kind: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not a short name in lower case, such as "white-paper"'),
  /** The attribute that holds the title. */
  title: z.string().default('title'),
  /** The media attribute that the download link hands over. */
  file: z.string().optional(),
  /** What entries are about: an attribute with text, or a relation and the attribute of its entries, such as `category.name`. */
  topic: z
    .string()
    .regex(
      /^[a-z][\w-]*(\.[a-z][\w-]*)?$/i,
      'is no attribute, such as "topic", and no attribute of a relation, such as "category.name"',
    )
    .optional(),
  /** What entries belong to, by a name of yours, such as `{ author: 'author.name', tag: 'tags.name' }`. */
  groups: z.record(dimension, entryPath).default({}),
});

/**
 * Everything an app can set under `clv.config` in `config/plugins`. Arrays have no default here, because Strapi
 * merges a user's array into a default one by index.
 */
export const configSchema = z.strictObject({
  contentTypes: z.record(uid, trackedType).default({}),
  tracking: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Origins of other sites that may send events. The app's own origin always may. */
      origins: z.array(origin).optional(),
      /** Count reads through the content API that carry a visitor, with or without the browser tracker. */
      readHook: z.boolean().default(true),
      /** One more path for the collect endpoint and the script, for sites whose readers block the usual one. */
      alias: z
        .string()
        .regex(/^\/[a-z0-9/_-]{1,60}$/i, 'is not a path, such as "/in"')
        .optional(),
      maxEventAgeDays: z.number().int().min(1).max(366).default(31),
      /** The same view seen by the browser and by the server within this time counts once. */
      duplicateWindowMinutes: z.number().int().min(1).max(1440).default(5),
      rateLimit: z
        .strictObject({
          /** Requests a minute from one address. */
          perAddress: z.number().int().min(1).default(600),
          /** Events a minute from one address, whatever visitors they name. */
          eventsPerAddress: z.number().int().min(1).default(6_000),
          /** Events a minute of one visitor. */
          perVisitor: z.number().int().min(1).default(300),
        })
        .prefault({}),
      /** Reads that may wait in memory before they are stored; more are dropped and counted. */
      bufferSize: z.number().int().min(100).max(1_000_000).default(10_000),
      cookie: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,40}$/)
        .default('clv_vid'),
    })
    .prefault({}),
  consent: z
    .strictObject({
      /** `required`: nothing is stored before consent was given. `assumed`: until it is denied. */
      mode: z.enum(['required', 'assumed']).default('required'),
      respectGpc: z.boolean().default(true),
      respectDnt: z.boolean().default(true),
    })
    .prefault({}),
  identity: z
    .strictObject({
      /** Shared secret of the signed tokens (JWT, HS256) that `identify` accepts. Without it only logins and API tokens identify. */
      secret: z
        .string()
        .min(32, 'is shorter than 32 characters; make one with: openssl rand -base64 48')
        .optional(),
      /** Key of the email hashes. Without it one is made at the first boot and kept encrypted. */
      emailKey: z
        .string()
        .min(32, 'is shorter than 32 characters; make one with: openssl rand -base64 48')
        .optional(),
    })
    .prefault({}),
  value: z
    .strictObject({
      currency: currency.default('EUR'),
      /** What one unit of another currency is worth in the report currency: `{ USD: 0.92 }`. */
      rates: z.record(currency, z.number().positive()).default({}),
      timezone: timezone.default('UTC'),
    })
    .prefault({}),
  ranking: z
    .strictObject({
      value: z.enum(['clv', 'margin', 'revenue', 'predicted', 'total']).default('clv'),
      fdr: z.number().gt(0).lt(1).default(0.1),
      /** A fixed landmark, next to `first-order` and `all`. */
      landmarkDate: day.optional(),
      /** What is ranked beside everyone; all of it unless told, `[]` for nothing. */
      slices: z.array(z.enum(SLICED_BY)).optional(),
      /** Cron rule of the nightly run, in the report's time zone; `false` for none. */
      schedule: z.union([z.literal(false), cron], cronHelp).default('15 3 * * *'),
      /** Cron rule by which what is new since is added to everyone's figures; `false` for never. */
      refresh: z.union([z.literal(false), cron], cronHelp).default('5-59/15 * * * *'),
    })
    .prefault({}),
  attribution: z
    .strictObject({
      /** Touches count that many days before an order. */
      lookbackDays: z.number().int().min(1).max(365).default(90),
      /** Orders of that many days before a run are credited. */
      windowDays: z.number().int().min(1).max(3650).default(365),
      /** Of time decay: a touch has half the credit of one that many days later. */
      halfLifeDays: z.number().positive().max(365).default(7),
      /** How many touches the Markov chain remembers. */
      markovOrder: z.number().int().min(1).max(4).default(1),
    })
    .prefault({}),
  prediction: z
    .strictObject({
      /** Which model of repeat buying; `auto` takes the one that does best on the holdout. */
      model: z.enum(['auto', 'bg-nbd', 'mbg-nbd', 'pareto-nbd', 'bg-cnbd-k', 'mbg-cnbd-k']).default('auto'),
      unit: z.enum(['day', 'week', 'month']).default('week'),
      horizonDays: z.number().int().min(7).max(3650).default(365),
      /** Yearly rate at which later money is worth less. */
      discountRate: z.number().min(0).max(1).default(0.1),
      /** `auto`: what people read is used where the holdout shows that it helps. */
      content: z.union([z.literal('auto'), z.boolean()]).default('auto'),
      /** Cron rule of the nightly fit, in the report's time zone; `false` for none. */
      schedule: z.union([z.literal(false), cron], cronHelp).default('30 2 * * *'),
    })
    .prefault({}),
  tiers: z
    .strictObject({
      of: z.enum(['total', 'historical', 'predicted']).default('total'),
      rule: z.enum(['quantiles', 'bands', 'pareto']).default('quantiles'),
      /** Names from the best tier down, three to five; `['platinum', 'gold', 'silver', 'bronze']` unless told. */
      names: z.array(z.string().min(1).max(32)).min(3).max(5).optional(),
      /** One less than names. Quantiles: shares of the people, `[0.1, 0.3, 0.6]`; bands: lower limits in major units; pareto: shares of the value, `[0.5, 0.8, 0.95]`. */
      cuts: z.array(z.number()).min(2).max(4).optional(),
    })
    .prefault({}),
  targets: z
    .strictObject({
      /** CLV over the cost of acquiring a customer. */
      ratio: z.number().positive().default(3),
      /** Share of customers that you mean to keep in a year. */
      retention: z.number().gt(0).lt(1).optional(),
    })
    .prefault({}),
  crm: z
    .strictObject({
      /** Hosts of your own network that a CRM may have, with a port or for every port; no other private address is asked. */
      privateHosts: z.array(host).optional(),
      /** Whose value goes out to CRMs; what they read goes by `consent.mode`, and nothing of people who denied it. */
      consent: z.enum(['not-denied', 'given']).default('not-denied'),
    })
    .prefault({}),
  activation: z
    .strictObject({
      /** Share of the people who are kept out of recommendations and new triggers, so that what these bring can be told. */
      holdout: z.number().min(0).max(0.5).default(0.1),
      /** Signs what `GET /api/clv/me` gives to edges and CDNs; without it they get nothing. */
      edgeSecret: z
        .string()
        .min(32, 'is shorter than 32 characters; make one with: openssl rand -base64 48')
        .optional(),
      /** Hosts of your own network that take webhooks, with a port or for every port; no other private address is called. */
      privateHosts: z.array(host).optional(),
    })
    .prefault({}),
  privacy: z
    .strictObject({
      /** Touches older than this are deleted every night; `false` keeps them. */
      retentionDays: z.union([z.literal(false), z.number().int().min(30)]).default(730),
    })
    .prefault({}),
  sqlite: z.strictObject({ wal: z.boolean().default(true) }).prefault({}),
});

export type ClvConfig = z.infer<typeof configSchema>;

/** What is wrong; of a key its own fault, which zod keeps one level deeper. */
const faultOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;

/** Lists every problem of a configuration, one a line: where, what, and what stands there. */
export function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => `  clv.config.${issue.path.join('.') || '(root)'} ${faultOf(issue)}`)
    .join('\n');
}

function validator(config: unknown): void {
  const result = configSchema.safeParse(config);
  if (!result.success) {
    throw new Error(
      `the configuration in config/plugins is not valid:\n${explain(result.error)}\nThe README lists every setting under "Configure".`,
    );
  }
}

export default { default: () => ({}), validator };

const current = new WeakMap<Strapi, ClvConfig>();

/** What config/plugins says, without defaults. */
export const fileConfigOf = (strapi: Strapi): Record<string, unknown> =>
  strapi.config.get('plugin::clv') ?? {};

/**
 * The configuration in force, with all defaults filled in: what config/plugins says, else what an administrator saved (see
 * the room `settings`), else the default. Whoever keeps it does not see what is saved later.
 */
export function configOf(strapi: Strapi): ClvConfig {
  let config = current.get(strapi);
  if (!config) {
    config = configSchema.parse(fileConfigOf(strapi));
    current.set(strapi, config);
  }
  return config;
}

/** Puts another configuration in force. */
export function replaceConfig(strapi: Strapi, config: ClvConfig): void {
  current.set(strapi, config);
}
