import type { Page, Route } from 'playwright-core';
import type {
  CheckResult,
  ConnectionDetail,
  ConnectionSummary,
  CrmField,
  DeadPage,
  ErrorKind,
  KindInfo,
  ProblemPage,
  Quality,
  StreamName,
  StreamState,
  SyncRun,
} from '../../../server/src/crm/sync/api-types';

/*
 * Answers of the CRM's admin routes with what a small data set does not bring forth: every state that a connection can
 * be in, hundreds of properties, long names, reasons of several lines.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const form: KindInfo['form'] = [
  {
    name: 'auth',
    type: 'choice',
    label: 'Way of signing in',
    required: true,
    choices: [
      { value: 'token', label: 'Access token' },
      { value: 'oauth', label: 'Allowed in the CRM' },
    ],
  },
  {
    name: 'url',
    type: 'url',
    label: 'Address',
    help: 'Without a path.',
    required: true,
    placeholder: 'https://crm.example.com',
  },
  {
    name: 'token',
    type: 'secret',
    label: 'Token',
    help: 'Made in the CRM under Settings, Integrations.',
    required: true,
    when: { field: 'auth', is: 'token' },
  },
  {
    name: 'clientSecret',
    type: 'secret',
    label: 'Client secret',
    required: true,
    when: { field: 'auth', is: 'oauth' },
  },
  { name: 'extra', type: 'json', label: 'Further settings', required: false },
];

export const KINDS: KindInfo[] = [
  ...(['hubspot', 'salesforce', 'pipedrive', 'tryton', 'rest', 'webhook'] as const).map((kind) => ({
    kind,
    title: {
      hubspot: 'HubSpot',
      salesforce: 'Salesforce',
      pipedrive: 'Pipedrive',
      tryton: 'Tryton',
      rest: 'Any REST API',
      webhook: 'Signed webhook',
    }[kind],
    form: [],
    oauth: false,
  })),
  { kind: 'acme', title: 'Acme CRM', form, oauth: true, redirectUrl: 'http://127.0.0.1/api/clv/crm/oauth' },
];

const TYPES: CrmField['type'][] = ['text', 'number', 'money', 'date', 'choice', 'other'];
const field = (name: string, label: string, type: CrmField['type'] = 'text'): CrmField => ({
  name,
  label,
  type,
});
const many = Array.from({ length: 280 }, (_, i) =>
  field(`hs_custom_${i}`, `Custom property ${i} of the marketing department`, TYPES[i % TYPES.length]),
);

export const CHECK: CheckResult = {
  account: { id: '4711', name: 'Rossi & Partners', currency: 'EUR' },
  capabilities: {
    pull: ['customers', 'orders', 'subscriptions'],
    push: true,
    notes: true,
    webhooks: true,
    batch: 100,
    deletions: 'told',
  },
  fields: {
    customers: [
      field('email', 'Email'),
      field('company', 'Company name'),
      field('hs_analytics_source', 'Original source', 'choice'),
      field('createdate', 'Create date', 'date'),
      field('industry', 'Industry', 'choice'),
      field('nps_answer', 'Would recommend us', 'number'),
      ...many,
    ],
    orders: [
      field('closedate', 'Close date', 'date'),
      field('amount', 'Amount', 'money'),
      field('deal_currency_code', 'Currency'),
      field('hs_margin', 'Margin', 'money'),
      ...many,
    ],
    subscriptions: [
      field('start', 'Start date', 'date'),
      field('mrr', 'Monthly amount', 'money'),
      field('code', 'Currency'),
    ],
  },
  columns: {
    customers: {
      email: 'email',
      company: 'company',
      channel: 'hs_analytics_source',
      acquired_at: 'createdate',
      acquisition_cost: null,
      service_cost_per_month: null,
      currency: null,
      segment: null,
      nps: null,
      ces: null,
    },
    orders: {
      ordered_at: 'closedate',
      amount: 'amount',
      cost: null,
      currency: 'deal_currency_code',
      product_line: null,
      channel: null,
      deal_created_at: null,
      acme_region: null,
    },
    subscriptions: { started_at: 'start', ended_at: null, mrr: 'mrr', currency: 'code' },
  },
};

const calm = (stream: StreamName): StreamState => ({
  stream,
  jobId: null,
  paused: false,
  everyMinutes: stream === 'push' ? 15 : 60,
  complete: true,
  done: 0,
  total: null,
  lastStartedAt: Date.now() - 13 * MINUTE,
  lastDoneAt: Date.now() - 12 * MINUTE,
  notBefore: null,
  error: null,
  errorKind: null,
});

const STREAMS: StreamName[] = ['customers', 'orders', 'subscriptions', 'push'];

/** The streams of a connection; `others` says what is different about some. */
const streams = (others: Partial<Record<StreamName, Partial<StreamState>>> = {}): StreamState[] =>
  STREAMS.map((stream) => ({ ...calm(stream), ...others[stream] }));

const failed = (errorKind: ErrorKind, error: string, notBefore: number | null = null) => ({
  error,
  errorKind,
  notBefore,
  lastDoneAt: Date.now() - 26 * HOUR,
});

const summary = (id: string, name: string, others: Partial<ConnectionSummary> = {}): ConnectionSummary => ({
  id,
  kind: 'acme',
  title: 'Acme CRM',
  name,
  idPrefix: `${id}:`,
  enabled: true,
  account: { id: '4711', name: 'Rossi & Partners', currency: 'EUR' },
  budget: { remaining: 212_480, limit: 250_000, per: 'day', resetsAt: Date.now() + 5 * HOUR },
  streams: streams(),
  problems: 0,
  dead: 0,
  waiting: 0,
  breakerUntil: null,
  ...others,
});

/** One connection in each state. */
export const connections = (): ConnectionSummary[] => [
  summary('step', 'Sales Italy'),
  summary('pulling', 'Rossi HubSpot', {
    streams: streams({
      customers: { lastDoneAt: null, complete: false, jobId: 'job-1', done: 12_400, total: 50_312 },
      orders: { lastDoneAt: null, complete: false },
    }),
  }),
  summary('broken', 'Donaudampfschifffahrtsgesellschaftskapitänsvertrieb', {
    problems: 312,
    dead: 3,
    waiting: 41,
    streams: streams({
      orders: failed(
        'auth',
        'Acme CRM answered 401: the token expired on 20 November. Make a new one under Settings, Integrations and enter it here.',
      ),
    }),
  }),
  summary('patience', 'Pipedrive of the Swiss branch', {
    streams: streams({
      customers: failed('rate-limit', 'The daily budget of tokens is spent.', Date.now() + 5 * HOUR),
    }),
  }),
  summary('paused', 'Tryton', {
    streams: STREAMS.map((stream) => ({ ...calm(stream), paused: true })),
  }),
  summary('off', 'Former CRM', { enabled: false }),
];

export function detailOf(one: ConnectionSummary): ConnectionDetail {
  return {
    ...one,
    options: { auth: 'token', url: 'https://crm.example.com', extra: { region: 'eu' } },
    secretsSet: ['token'],
    mapping: { customers: { segment: 'industry' } },
    push: {
      enabled: true,
      fields: ['predicted', 'tier', 'churn_risk', 'last_content'],
      noteKinds: ['white-paper'],
    },
    capabilities: CHECK.capabilities,
    webhookUrl: `https://www.example.com/api/clv/crm/${one.id}/webhook`,
    createdAt: Date.now() - 40 * DAY,
    updatedAt: Date.now() - 2 * DAY,
  };
}

const run = (stream: StreamName, hoursAgo: number, others: Partial<SyncRun> = {}): SyncRun => {
  const startedAt = Date.now() - hoursAgo * HOUR;
  return {
    jobId: `${stream}-${hoursAgo}`,
    stream,
    status: 'done',
    startedBy: null,
    startedAt,
    finishedAt: startedAt + 42_000,
    progress: 1,
    result: {
      stream,
      seen: 1_204,
      created: 12,
      updated: 87,
      unchanged: 1_101,
      failed: 4,
      removed: 2,
      merged: 0,
      requests: 14,
      seconds: 42,
    },
    error: null,
    ...others,
  };
};

export const RUNS: SyncRun[] = [
  run('customers', 0.2, { status: 'running', finishedAt: null, progress: 0.25 }),
  run('orders', 1, { status: 'failed', error: 'Acme CRM answered 401: the token expired on 20 November.' }),
  run('push', 2),
  run('orders', 3),
  run('customers', 3),
];

const REASONS: [string, string][] = [
  ['amount', 'amount is not a number: "on request"; write it like 1234.50'],
  [
    'currency',
    'currency is GBP, but reports are in EUR and no rate is set; add what 1 GBP is worth in EUR under clv.config.value.rates.GBP',
  ],
  ['ordered_at', 'ordered_at is in the future: "2066-01-31"; correct the date'],
];

export const PROBLEMS: ProblemPage = {
  total: 312,
  page: 1,
  problems: Array.from({ length: 12 }, (_, i) => {
    const [name, reason] = REASONS[i % REASONS.length]!;
    return {
      stream: 'orders' as const,
      recordId: String(90_210 + i),
      customerId: i % 4 === 3 ? null : `broken:${i}`,
      field: name,
      reason,
      raw: i % 2 ? null : { order_id: String(90_210 + i), amount: 'on request', currency: 'EUR' },
      firstAt: Date.now() - 3 * DAY,
      lastAt: Date.now() - HOUR,
    };
  }),
};

export const DEAD: DeadPage = {
  total: 3,
  page: 1,
  letters: ['permanent', 'config', 'transient'].map((errorKind, i) => ({
    id: `letter-${i}`,
    customerId: `broken:${1000 + i}`,
    noteKey: i === 1 ? 'download-1' : null,
    attempts: 8,
    errorKind: errorKind as ErrorKind,
    reason: [
      'Acme CRM answered 400: the contact was archived; restore it there or drop this.',
      'The property clv_tier is a choice without "platinum"; add the choice and send again.',
      'No answer within 30 seconds, eight times.',
    ][i]!,
    createdAt: Date.now() - 2 * DAY,
    updatedAt: Date.now() - 3 * HOUR,
  })),
};

export const QUALITY: Quality = {
  customers: 50_312,
  orders: 204_118,
  checks: [
    { key: 'unmatched', count: 41_209, of: 50_312, examples: ['101', '102', '103'] },
    { key: 'withoutEmail', count: 812, of: 50_312, examples: ['2201', '2202'] },
    { key: 'duplicates', count: 96, of: 50_312, examples: ['310', '311'] },
    { key: 'missingAmounts', count: 301, of: 204_118, examples: ['90210', '90213'] },
    { key: 'impossibleDates', count: 0, of: 204_118, examples: [] },
    { key: 'unknownCurrencies', count: 11, of: 204_118, examples: ['90211'] },
    { key: 'otherProblems', count: 0, of: 254_430, examples: [] },
    { key: 'gone', count: 58, of: 254_430, examples: ['77', '78'] },
  ],
};

export interface FakeCrm {
  /** What was asked with a body, or to be done. */
  asked: { method: string; path: string; body: unknown }[];
  connections: ConnectionSummary[];
  /** What the test of a connection answers with; an error is an object with `status`. */
  check: CheckResult | { status: number; error: unknown };
  dead: DeadPage;
  problems: ProblemPage;
  /** Answers everything with this status. */
  down: number | null;
}

/** Answers the page's requests below `/clv/crm`, in its window; what buttons do is remembered. */
export async function fakeCrm(page: Page, first: ConnectionSummary[] = connections()): Promise<FakeCrm> {
  const crm: FakeCrm = {
    asked: [],
    connections: first,
    check: CHECK,
    dead: DEAD,
    problems: PROBLEMS,
    down: null,
  };
  await page.route(
    (url) => url.pathname.startsWith('/clv/crm/'),
    (route) => answer(crm, route),
  );
  return crm;
}

async function answer(crm: FakeCrm, route: Route): Promise<void> {
  const request = route.request();
  const method = request.method();
  const path = new URL(request.url()).pathname.replace('/clv/crm', '');
  const body = request.postData() ? request.postDataJSON() : undefined;
  if (method !== 'GET') crm.asked.push({ method, path, body });
  if (crm.down !== null) return fail(route, crm.down, { message: 'down' });
  const json = (data: unknown) => route.fulfill({ json: data });

  if (path === '/kinds') return json({ kinds: KINDS });
  if (path === '/check') {
    return 'status' in crm.check ? fail(route, crm.check.status, crm.check.error) : json(crm.check);
  }
  if (path === '/connections' && method === 'GET') return json({ connections: crm.connections });
  if (path === '/connections') {
    const made = summary('made', body.name, { enabled: body.enabled ?? true });
    made.streams = streams();
    for (const one of made.streams) Object.assign(one, { lastDoneAt: null, complete: false });
    crm.connections = [...crm.connections, made];
    return json(detailOf(made));
  }
  const [, , id, part, ...rest] = path.split('/');
  const found = crm.connections.find((one) => one.id === id);
  if (!found) return fail(route, 404, { message: `There is no connection ${id}.` });
  if (part === undefined && method === 'DELETE') {
    crm.connections = crm.connections.filter((one) => one !== found);
    return route.fulfill({ status: 204 });
  }
  if (part === undefined) {
    if (typeof body?.enabled === 'boolean') found.enabled = body.enabled;
    return json(detailOf(found));
  }
  if (part === 'streams') return json(act(found, rest[0] as StreamName, rest[1]!));
  if (part === 'runs') return json({ runs: RUNS });
  if (part === 'problems') return json(crm.problems);
  if (part === 'quality') return json(QUALITY);
  if (part === 'authorize') return json({ url: `${new URL(request.url()).origin}/admin/plugins/clv/import` });
  if (part === 'schema') {
    const todo = ['Add the field clv_tier to the page layout, so that people see it.'];
    return json({ created: ['clv_tier'], existing: ['clv_predicted'], todo });
  }
  if (part === 'dead' && method === 'POST') {
    const ids: string[] = body?.ids ?? crm.dead.letters.map((letter) => letter.id);
    const letters = crm.dead.letters.filter((letter) => !ids.includes(letter.id));
    crm.dead = { ...crm.dead, letters, total: letters.length };
    found.dead = letters.length;
    return json({ count: ids.length });
  }
  return json(crm.dead);
}

function act(connection: ConnectionSummary, name: StreamName, action: string): unknown {
  const stream = connection.streams.find((one) => one.stream === name)!;
  if (action === 'run' || action === 'restart') {
    Object.assign(stream, { jobId: `job-${name}`, done: 100, total: 500, paused: false });
  }
  if (action === 'pause') Object.assign(stream, { jobId: null, paused: true });
  if (action === 'resume') stream.paused = false;
  return { jobId: stream.jobId };
}

const fail = (route: Route, status: number, error: unknown) =>
  route.fulfill({
    status,
    json: { data: null, error: { status, name: 'Error', details: {}, ...(error as object) } },
  });
