import type { Page, Route } from 'playwright-core';
import type {
  Segment,
  SegmentDetail,
  SegmentFigures,
  SegmentInput,
  SegmentOptions,
} from '../../../server/src/activation/segments/api-types';
import type { CustomerRow } from '../../../server/src/clv/api-types';
import { type Asked, failed, type Shape, wrongWith } from './shapes';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const OPTIONS: SegmentOptions = {
  tiers: ['platinum', 'gold', 'silver', 'bronze'],
  stages: ['prospect', 'new', 'active', 'at risk', 'lapsed', 'won back'],
  channels: ['newsletter', 'search', 'fair'],
  crmSegments: ['SMB', 'Enterprise'],
  companies: Array.from({ length: 30 }, (_, i) => `Company ${i} & Söhne GmbH`),
  productLines: ['Pumps', 'Valves'],
  kinds: ['article', 'white-paper'],
  topics: ['Hydraulics', 'Maintenance'],
  currency: 'EUR',
};

export const CONTENTS = [
  { key: 'api::article.article/aa/en', title: 'How pumps age', kind: 'article', locale: 'en' },
  { key: 'api::white-paper.white-paper/bb/en', title: 'Sizing a pump', kind: 'white-paper', locale: 'en' },
  { key: 'api::article.article/cc/ar', title: 'دليل صيانة المضخات', kind: 'article', locale: 'ar' },
];

export const LONG_NAME = `Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel${'besitzer'.repeat(5)}`;
export const RTL_NAME = 'أفضل العملاء (2026)';

const segment = (id: string, name: string, others: Partial<Segment> = {}): Segment => ({
  id,
  slug: id,
  name,
  description: '',
  membership: 'live',
  rules: { match: 'all', rules: [{ field: 'tier', is: ['platinum'] }] },
  public: false,
  toCrm: false,
  members: 412,
  computedAt: Date.now() - 20 * 60_000,
  createdAt: Date.now() - 40 * DAY,
  updatedAt: Date.now() - 2 * DAY,
  ...others,
});

export const someSegments = (): Segment[] => [
  segment('best-at-risk', 'Best customers at risk', {
    description: 'Called by the sales people every Monday',
    public: true,
    toCrm: true,
    rules: {
      match: 'all',
      rules: [
        { field: 'tier', is: ['platinum', 'gold'] },
        { field: 'stage', is: ['at risk'] },
        {
          match: 'any',
          rules: [
            { field: 'lastOrder', atLeastDays: 90 },
            { field: 'content', did: true, contents: [CONTENTS[2]!.key], withinDays: 30 },
          ],
        },
      ],
    },
  }),
  segment('fair-2026', 'Met at the fair', {
    membership: 'static',
    members: 1_204,
    rules: { match: 'all', rules: [{ field: 'channel', is: ['fair'] }] },
    computedAt: Date.now() - 12 * DAY,
  }),
  segment('long', LONG_NAME, { toCrm: true, members: 3 }),
  segment('rtl', RTL_NAME, { computedAt: null, members: 0 }),
];

export const FIGURES: SegmentFigures = {
  members: 412,
  population: 14_900,
  customers: 398,
  predicted: { sum: 312_400.5, mean: 784.92, n: 398 },
  total: { sum: 912_312, mean: 2_214.35 },
  currency: 'EUR',
};

const member = (n: number): CustomerRow => ({
  personId: `person-${n}`,
  customerIds: n % 5 === 4 ? [] : [`C-${1000 + n}`],
  kind: n % 5 === 4 ? 'prospect' : 'customer',
  orders: 3,
  firstOrderAt: Date.now() - 400 * DAY,
  lastOrderAt: n % 5 === 4 ? null : Date.now() - 100 * DAY,
  firstTouchAt: null,
  lastTouchAt: null,
  channel: 'newsletter',
  segment: null,
  revenue: 4_000,
  historical: 3_100 - n,
  pAlive: 0.31,
  buyProbability: null,
  expectedOrders: 0.4,
  predicted: 812.5,
  total: 3_912.5 - n,
  tier: 'platinum',
  previousTier: null,
  stage: 'at risk',
  updatedAt: Date.now(),
});

export interface FakeSegments {
  /** What was asked with a body, or to be done. */
  asked: Asked[];
  /** What was asked in a way that the server would refuse. */
  wrong: string[];
  segments: Segment[];
  usedBy: SegmentDetail['usedBy'];
  valued: boolean;
  /** Answers everything with this status. */
  down: number | null;
  /** Answers only once this is done. */
  hold: Promise<void> | null;
}

const RULES: Shape = { match: 'string', rules: 'array' };
const INPUT: Shape = {
  name: 'string',
  'slug?': 'string',
  'description?': 'string',
  membership: 'string',
  rules: RULES,
  public: 'boolean',
  toCrm: 'boolean',
};

/** Answers the page's requests below `/clv/segments`, in its window; what buttons do is remembered. */
export async function fakeSegments(page: Page, first: Segment[] = someSegments()): Promise<FakeSegments> {
  const fake: FakeSegments = {
    asked: [],
    wrong: [],
    segments: first,
    usedBy: [],
    valued: true,
    down: null,
    hold: null,
  };
  await page.route(
    (url) => url.pathname === '/clv/segments' || url.pathname.startsWith('/clv/segments/'),
    (route) => answer(fake, route),
  );
  return fake;
}

async function answer(fake: FakeSegments, route: Route): Promise<void> {
  const request = route.request();
  const method = request.method();
  const url = new URL(request.url());
  const path = url.pathname.replace('/clv/segments', '');
  const body = request.postData() ? request.postDataJSON() : undefined;
  if (method !== 'GET') fake.asked.push({ method, path, body });
  const expected: Shape | null =
    path === '/count'
      ? { rules: RULES }
      : ['POST', 'PUT'].includes(method) && !path.endsWith('/renew')
        ? INPUT
        : null;
  const wrong = wrongWith(body, expected);
  if (wrong) {
    fake.wrong.push(`${method} ${path}: ${wrong}`);
    return failed(route, 400, { message: wrong });
  }
  if (fake.hold) await fake.hold;
  if (fake.down !== null) return failed(route, fake.down, { message: 'down' });
  const json = (data: unknown) => route.fulfill({ json: data });
  const figures = fake.valued ? FIGURES : null;

  if (path === '' && method === 'GET') return json({ segments: fake.segments, valued: fake.valued });
  if (path === '/options') return json(OPTIONS);
  if (path === '/count') return json({ figures });
  if (path === '/contents') return json({ contents: contentsFor(url.searchParams) });
  if (path === '') {
    const input = body as SegmentInput;
    const made = segment('made', input.name, { ...input, slug: input.slug ?? 'made' } as Partial<Segment>);
    fake.segments = [...fake.segments, made];
    return json({ segment: made, figures, usedBy: [] });
  }
  const [, id, part] = path.split('/');
  const found = fake.segments.find((one) => one.id === id);
  if (!found) return failed(route, 404, { message: 'There is no such segment.' });
  if (part === 'members') {
    const page = Number(url.searchParams.get('page'));
    const members = Array.from({ length: 25 }, (_, i) => member((page - 1) * 25 + i));
    return json({
      members,
      currency: 'EUR',
      pagination: { page, pageSize: 25, pageCount: 17, total: 412 },
    });
  }
  if (part === 'export.csv') {
    const headers = { 'content-disposition': `attachment; filename="clv-segment-${found.slug}.csv"` };
    return route.fulfill({ headers, contentType: 'text/csv', body: 'customer_id\nC-1000\n' });
  }
  if (method === 'DELETE') {
    if (fake.usedBy.length > 0)
      return failed(route, 409, { message: 'The trigger “Win back” goes by it; change that first.' });
    fake.segments = fake.segments.filter((one) => one !== found);
    return json({});
  }
  if (method === 'PUT') Object.assign(found, body);
  if (part === 'renew') found.computedAt = Date.now();
  return json({ segment: found, figures, usedBy: fake.usedBy });
}

function contentsFor(params: URLSearchParams) {
  const keys = (params.get('keys') ?? '').split(',').filter(Boolean);
  if (keys.length > 0) return CONTENTS.filter(({ key }) => keys.includes(key));
  const search = (params.get('search') ?? '').toLowerCase();
  return CONTENTS.filter(({ title }) => title.toLowerCase().includes(search));
}
