/*
 * Random and hostile requests, the same ones for the same seed.
 */

export type Random = () => number;

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)];
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const NASTY_STRINGS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202e\u200b',
  '👩‍🚀'.repeat(40),
  'x'.repeat(5_000),
  "'; DROP TABLE clv_touches; --",
  "' OR '1'='1",
  '$' + '{jndi:ldap://x/y}',
  '{{7*7}}',
  '../../../etc/passwd',
  '%00',
  '%E0%A4%A',
  '__proto__',
  'constructor',
  'NaN',
  '1e999',
  'granted',
  'view',
  'api::article.article/abcdefghijklmnopqrstuvwx/en',
  'api::article.article/../x',
  'plugin::users-permissions.user/1',
  'admin::user/1',
  '2026-02-30T25:61:61Z',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
];
const NASTY_NUMBERS = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e308, 5e-324, 8.64e15 + 1];

function anyValue(random: Random, depth = 0): unknown {
  const kind = below(random, depth > 3 ? 5 : 8);
  if (kind < 2) return pick(random, NASTY_STRINGS);
  if (kind < 4) return random() < 0.5 ? pick(random, NASTY_NUMBERS) : below(random, 1e9);
  if (kind === 4) return pick(random, [null, true, false]);
  if (kind === 5) return times(below(random, 6), () => anyValue(random, depth + 1));
  const entries = times(below(random, 6), () => [
    random() < 0.5 ? pick(random, FIELDS) : pick(random, NASTY_STRINGS),
    anyValue(random, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

const FIELDS = [
  'visitor',
  'sentAt',
  'consent',
  'events',
  'id',
  'kind',
  'content',
  'at',
  'seconds',
  'depth',
  'channel',
  'token',
  'customerId',
  'email',
  'state',
  'orders',
  'customers',
  'order_id',
  'customer_id',
  'ordered_at',
  'amount',
  'currency',
  'status',
  '__proto__',
  'constructor',
  'toString',
];

/** Replaces some values of a good body by anything. */
function spoilt(random: Random, value: unknown): unknown {
  if (random() < 0.15) return anyValue(random);
  if (Array.isArray(value)) return value.map((item) => spoilt(random, item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, spoilt(random, inner)]);
  if (random() < 0.2) entries.push([pick(random, FIELDS), anyValue(random)]);
  return Object.fromEntries(entries);
}

const bytes = (random: Random, length: number) => Buffer.from(times(length, () => below(random, 256)));

/** Text that looks like JSON and is none, or is more than anybody wants. */
function nastyText(random: Random): string | Buffer {
  switch (below(random, 8)) {
    case 0:
      return '['.repeat(below(random, 60_000));
    case 1:
      return '{"a":'.repeat(below(random, 10_000));
    case 2:
      return `{"visitor":"${'v'.repeat(20)}","sentAt":1e999,"events":[${'{},'.repeat(200)}{}]}`;
    case 3:
      return `\ufeff{"events":[]}`;
    case 4:
      return '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    case 5:
      return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), bytes(random, 64)]);
    case 6:
      return bytes(random, below(random, 2_000));
    default:
      return 'x'.repeat(below(random, 80_000));
  }
}

const CONTENT_TYPES = [
  ...Array(10).fill('application/json'),
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/json; charset=utf-32',
  '',
];
const USER_AGENTS = ['Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0', 'curl/8', '', 'x'.repeat(4_000)];

/** A header's value may hold no control characters and nothing beyond Latin-1; Node would not send it. */
const headerSafe = (text: string) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?').slice(0, 6_000);

function headersOf(random: Random): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': pick(random, CONTENT_TYPES),
    'user-agent': pick(random, USER_AGENTS),
  };
  const sometimes = (name: string, value: () => string) => {
    if (random() < 0.1) headers[name] = headerSafe(value());
  };
  const nasty = () => pick(random, NASTY_STRINGS);
  sometimes('x-clv-visitor', nasty);
  sometimes('cookie', () => `clv_vid=${nasty()}; ${nasty()}=${nasty()}`);
  sometimes('authorization', () => `Bearer ${nasty()}`);
  sometimes('origin', () => pick(random, ['null', 'https://evil.example', nasty()]));
  sometimes('content-encoding', () => pick(random, ['gzip', 'br', 'identity', 'nonsense']));
  sometimes('sec-gpc', () => '1');
  sometimes('x-forwarded-for', nasty);
  sometimes('if-none-match', nasty);
  sometimes('range', () => `bytes=${pick(random, ['0-', '-1', '5-1', `${'9'.repeat(300)}-`, nasty()])}`);
  sometimes('accept-encoding', nasty);
  return headers;
}

export interface Hostile {
  headers: Record<string, string>;
  body: string | Buffer;
  /** Of the path, without the question mark. */
  query: string;
  /** For a route whose path holds an id. */
  id: string;
}

/** A path as Strapi's router takes it too: in other cases, and with a slash at the end. */
export function spelled(random: Random, path: string): string {
  const letters =
    random() < 0.1 ? [...path].map((c) => (random() < 0.5 ? c.toUpperCase() : c)).join('') : path;
  return random() < 0.1 ? `${letters}/` : letters;
}

/** One request; `good` is a body that the route would take. */
export function hostileRequest(random: Random, good: () => unknown): Hostile {
  const dice = random();
  const body =
    dice < 0.2 ? nastyText(random) : JSON.stringify(dice < 0.4 ? anyValue(random) : spoilt(random, good()));
  const nasty = () =>
    encodeURIComponent(
      pick(random, NASTY_STRINGS)
        .replace(/\p{Cs}/gu, '?')
        .slice(0, 500),
    );
  return {
    headers: headersOf(random),
    body: body ?? '',
    query:
      random() < 0.3 ? `${pick(random, ['type', 'locale', 'a[b][c]', 'filters[$or]', '[]'])}=${nasty()}` : '',
    id: random() < 0.5 ? nasty() : pick(random, ['%00', '%E0%A4%A', '..%2f..', '.', 'a'.repeat(3_000), '1']),
  };
}
