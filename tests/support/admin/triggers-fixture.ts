import type { Page, Route } from 'playwright-core';
import type {
  Endpoint,
  LoggedMessage,
  Trigger,
  TriggerInput,
  TriggerKind,
  TriggerPreview,
} from '../../../server/src/activation/triggers/api-types';
import { LONG_NAME, RTL_NAME } from './segments-fixture';
import { type Asked, failed, type Shape, wrongWith } from './shapes';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const SECRET = 'whsec_0123456789abcdefghijklmnopqrstuvwxyz0123';

const trigger = (id: string, kind: TriggerKind, name: string, others: Partial<Trigger> = {}): Trigger => ({
  id,
  name,
  kind,
  settings: {},
  segmentId: null,
  actions: { endpoints: [], connections: [] },
  cooldownHours: 720,
  holdout: 0.1,
  enabled: true,
  baselineAt: Date.now() - 20 * DAY,
  recent: { treated: 0, holdout: 0, waiting: 0, dead: 0 },
  lastAt: null,
  experimentId: null,
  createdAt: Date.now() - 20 * DAY,
  updatedAt: Date.now() - DAY,
  ...others,
});

export const someTriggers = (): Trigger[] => [
  trigger('leaving', 'churn-risk', 'Customers about to leave', {
    settings: { threshold: 0.5 },
    segmentId: 'best',
    actions: { endpoints: ['shop'], connections: ['hubspot'] },
    recent: { treated: 412, holdout: 46, waiting: 3, dead: 2 },
    skipped: { consent: 12, segment: 0, cooldown: 31 },
    lastAt: Date.now() - 2 * HOUR,
    experimentId: 'e-1',
  }),
  trigger('up', 'tier-up', 'Moved up', { settings: { tiers: ['platinum', 'gold'] }, enabled: false }),
  trigger('read', 'content-read', LONG_NAME, {
    settings: { kinds: ['white-paper'], contents: ['api::article.article/aa/en'] },
    baselineAt: null,
  }),
  trigger('due', 'next-order-due', RTL_NAME, { settings: { daysBefore: 3 } }),
];

const endpoint = (id: string, name: string, others: Partial<Endpoint> = {}): Endpoint => ({
  id,
  name,
  url: `https://${id}.example.com/hooks/clv`,
  enabled: true,
  waiting: 0,
  dead: 0,
  restsUntil: null,
  lastError: null,
  createdAt: Date.now() - 9 * DAY,
  updatedAt: Date.now() - DAY,
  ...others,
});

export const someEndpoints = (): Endpoint[] => [
  endpoint('shop', 'Shop', { waiting: 3 }),
  endpoint('mail', LONG_NAME, {
    url: `https://mail.example.com/${'hooks/'.repeat(30)}`,
    restsUntil: Date.now() + 20 * 60_000,
    waiting: 118,
    dead: 2,
    lastError: 'The receiver answered 503: Service Unavailable.',
  }),
  endpoint('old', 'Former mail tool', { enabled: false, waiting: 7 }),
];

const message = (n: number, others: Partial<LoggedMessage> = {}): LoggedMessage => ({
  id: `m-${n}`,
  triggerId: 'leaving',
  triggerName: 'Customers about to leave',
  kind: 'churn-risk',
  personId: `person-${n}`,
  customerIds: [`C-${1000 + n}`],
  change: { from: null, to: 0.53 },
  content: null,
  arm: 'treated',
  createdAt: Date.now() - n * HOUR,
  deliveries: [delivery('strapi', null, {}), delivery('webhook:shop', 'Shop', {})],
  ...others,
});

const delivery = (
  destination: string,
  name: string | null,
  others: Partial<LoggedMessage['deliveries'][number]>,
): LoggedMessage['deliveries'][number] => ({
  destination,
  name,
  state: 'sent',
  attempts: 1,
  nextAt: null,
  reason: null,
  updatedAt: Date.now() - HOUR,
  ...others,
});

export const someMessages = (): LoggedMessage[] => [
  message(1),
  message(2, { arm: 'holdout', deliveries: [] }),
  message(3, {
    deliveries: [
      delivery('strapi', null, {}),
      delivery('webhook:mail', LONG_NAME, {
        state: 'waiting',
        attempts: 4,
        nextAt: Date.now() + 20 * 60_000,
        reason: 'The receiver answered 503: Service Unavailable.',
      }),
      delivery('webhook:gone', null, { state: 'dead', attempts: 12, reason: 'It was deleted.' }),
    ],
  }),
  message(4, {
    triggerId: 'up',
    triggerName: 'Moved up',
    kind: 'tier-up',
    customerIds: [],
    change: { from: 'silver', to: 'gold' },
  }),
  message(5, {
    triggerId: 'read',
    triggerName: LONG_NAME,
    kind: 'content-read',
    change: { from: null, to: 'api::article.article/cc/ar' },
    content: { key: 'api::article.article/cc/ar', title: 'دليل صيانة المضخات' },
  }),
  message(6, {
    triggerId: 'due',
    triggerName: RTL_NAME,
    kind: 'next-order-due',
    change: { from: '2026-05-02', to: '2026-11-24' },
  }),
];

const preview = ({ kind, name }: TriggerInput): TriggerPreview => ({
  there: 412,
  population: 9_120,
  example: {
    trigger: { id: 't', name, kind },
    person: { id: 'p', customerIds: ['C-1'] },
    change: { from: null, to: 0.53 },
    value: {
      tier: 'gold',
      stage: 'at risk',
      predicted: 100,
      total: 200,
      currency: 'EUR',
      pAlive: 0.47,
      buyProbability: null,
    },
    content: null,
    timing: { reads: { weekday: 2, hour: 9, n: 14 }, buys: null },
  },
});

export interface FakeTriggers {
  asked: Asked[];
  wrong: string[];
  triggers: Trigger[];
  endpoints: Endpoint[];
  messages: LoggedMessage[];
  valued: boolean;
  down: number | null;
  hold: Promise<void> | null;
  /** Whether a test of a webhook goes well. */
  reachable: boolean;
}

const TRIGGER: Shape = {
  name: 'string',
  kind: 'string',
  settings: {
    'tiers?': 'array',
    'threshold?': 'number',
    'daysBefore?': 'number',
    'contents?': 'array',
    'kinds?': 'array',
    'readerTiers?': 'array',
  },
  segmentId: 'id or null',
  actions: { endpoints: 'array', connections: 'array' },
  cooldownHours: 'number',
  holdout: 'number',
  enabled: 'boolean',
};
const ENDPOINT: Shape = { name: 'string', url: 'string', enabled: 'boolean' };
const DELIVERIES: Shape = { 'deliveries?': 'array', 'destination?': 'string' };

function shapeOf(method: string, path: string): Shape | null {
  if (method === 'GET' || method === 'DELETE' || /\/(secret|test)$/.test(path)) return null;
  if (path.startsWith('/endpoints')) return ENDPOINT;
  return path.includes('/deliveries/') ? DELIVERIES : TRIGGER;
}

/** Answers the page's requests below `/clv/triggers` and `/clv/endpoints`, in its window. */
export async function fakeTriggers(page: Page, empty = false): Promise<FakeTriggers> {
  const fake: FakeTriggers = {
    asked: [],
    wrong: [],
    triggers: empty ? [] : someTriggers(),
    endpoints: empty ? [] : someEndpoints(),
    messages: empty ? [] : someMessages(),
    valued: true,
    down: null,
    hold: null,
    reachable: true,
  };
  await page.route(
    (url) => /^\/clv\/(triggers|endpoints)(\/|$)/.test(url.pathname),
    (route) => answer(fake, route),
  );
  return fake;
}

async function answer(fake: FakeTriggers, route: Route): Promise<void> {
  const request = route.request();
  const method = request.method();
  const url = new URL(request.url());
  const path = url.pathname.replace('/clv', '');
  const body = request.postData() ? request.postDataJSON() : undefined;
  if (method !== 'GET' && path !== '/triggers/preview') fake.asked.push({ method, path, body });
  const wrong = wrongWith(body, shapeOf(method, path));
  if (wrong) {
    fake.wrong.push(`${method} ${path}: ${wrong}`);
    return failed(route, 400, { message: wrong });
  }
  if (fake.hold) await fake.hold;
  if (fake.down !== null) return failed(route, fake.down, { message: 'down' });
  const json = (data: unknown) => route.fulfill({ json: data });

  if (path === '/triggers' && method === 'GET') return json(listOf(fake));
  if (path === '/triggers/preview') return json(preview(body));
  if (path === '/triggers/log') return json(logOf(fake, url.searchParams));
  if (path.startsWith('/triggers/deliveries/')) return json({ changed: change(fake, path, body) });
  if (path === '/triggers') {
    fake.triggers = [...fake.triggers, trigger('made', body.kind, body.name, body)];
    return json(fake.triggers.at(-1));
  }
  if (path === '/endpoints') {
    fake.endpoints = [...fake.endpoints, endpoint('made', body.name, body)];
    return json({ endpoint: fake.endpoints.at(-1), secret: SECRET });
  }
  const [, room, id, part] = path.split('/');
  const all: { id: string }[] = room === 'triggers' ? fake.triggers : fake.endpoints;
  const found = all.find((one) => one.id === id);
  if (!found) return failed(route, 404, { message: 'There is no such thing.' });
  if (part === 'secret') return json({ endpoint: found, secret: SECRET });
  if (part === 'test') {
    return json(
      fake.reachable
        ? { ok: true, status: 204, reason: null, milliseconds: 48 }
        : {
            ok: false,
            status: null,
            reason: 'shop.example.com did not answer in time',
            milliseconds: 10_000,
          },
    );
  }
  if (method === 'PUT') Object.assign(found, body);
  if (method === 'DELETE') all.splice(all.indexOf(found), 1);
  return json(found);
}

const listOf = ({ triggers, endpoints, valued }: FakeTriggers) => ({
  triggers,
  endpoints,
  connections: [{ id: 'hubspot', name: 'Rossi HubSpot', kind: 'hubspot' }],
  segments: [{ id: 'best', name: 'Best customers' }],
  tiers: ['platinum', 'gold', 'silver', 'bronze'],
  valued,
});

function logOf({ messages }: FakeTriggers, params: URLSearchParams) {
  const [of, state] = [params.get('triggerId'), params.get('state')];
  const fits = (one: LoggedMessage) =>
    (!of || one.triggerId === of) &&
    (!state || (state === 'holdout' ? one.arm === state : one.deliveries.some((way) => way.state === state)));
  const found = messages.filter(fits);
  return {
    messages: found,
    pagination: { page: 1, pageSize: 25, pageCount: 1, total: found.length },
  };
}

/** What was given up, on its way somewhere or one by one, is sent after all, or gone. */
function change(
  fake: FakeTriggers,
  path: string,
  which: { destination?: string; deliveries?: { messageId: string; destination: string }[] },
): number {
  let changed = 0;
  for (const one of fake.messages) {
    const meant = one.deliveries.filter(
      ({ destination, state }) =>
        (which.destination === destination && state === 'dead') ||
        which.deliveries?.some((it) => it.messageId === one.id && it.destination === destination),
    );
    changed += meant.length;
    if (path.endsWith('/drop')) one.deliveries = one.deliveries.filter((way) => !meant.includes(way));
    else for (const way of meant) Object.assign(way, { state: 'waiting', attempts: 0, reason: null });
  }
  const place = fake.endpoints.find(({ id }) => which.destination === `webhook:${id}`);
  if (place) place.dead = 0;
  return changed;
}
