import type { Knex } from 'knex';
import type { SegmentRule, SegmentRules } from '../../server/src/activation/segments/api-types';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 5, 1, 12);
export const RUN = 'run-1';
const FOREVER = Number.MAX_SAFE_INTEGER;

const TIERS = ['gold', 'silver', null];
const STAGES = ['prospect', 'new', 'active', 'at risk'] as const;
const CHANNELS = ['search', 'Search', 'partner', null];
const COMPANIES = ['Ärzte & Co', 'arzte & co', 'Hotel "Sole"', null];
const SEGMENTS = ['office', 'hotel', null];
const LINES = ['beans', 'Beans', 'machines', null];
const KINDS = ['article', 'white-paper'];
const TOPICS = ['care', 'Care', 'after care', '100%', 'law'];
const SEPARATOR = '\u001f';

interface Content {
  id: number;
  key: string;
  kind: string;
  topics: string[];
}

interface Touch {
  content: Content;
  at: number;
  /** Whether it was in this person's hands then, and its browser does not deny consent. */
  counts: boolean;
}

/** A person as the plain evaluation sees them, their merged ones included. */
export interface PlainPerson {
  id: string;
  kind: 'customer' | 'prospect';
  tier: string | null;
  stage: (typeof STAGES)[number];
  channel: string | null;
  orders: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  lastTouchAt: number | null;
  /** Minor units. */
  revenue: number;
  historical: number;
  predicted: number | null;
  total: number;
  pAlive: number | null;
  buyProbability: number | null;
  customers: {
    company: string | null;
    segment: string | null;
    nps: number | null;
    lines: (string | null)[];
  }[];
  touches: Touch[];
}

type Random = () => number;
const below = (random: Random, n: number) => Math.floor(random() * n);
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[below(random, items.length)]!;

/** Fills the tables with persons of one run, merged ones, changed browsers and denials among them. */
export async function insertSegmentWorld(knex: Knex, random: Random, count = 60): Promise<PlainPerson[]> {
  const stamp = { source: 'test', updated_at: NOW };
  const tables: Record<string, object[]> = {
    clv_contents: [],
    clv_persons: [],
    clv_identities: [],
    clv_customers: [],
    clv_orders: [],
    clv_visitor_links: [],
    clv_visitors: [],
    clv_touches: [],
    clv_person_values: [],
  };
  const add = (table: string, row: object) => tables[table]!.push(row);
  const contents: Content[] = Array.from({ length: 8 }, (_, i) => {
    const kind = pick(random, KINDS);
    const topics = TOPICS.filter(() => random() < 0.3);
    const locale = i % 2 === 0 ? '' : 'en';
    const uid = `api::${kind}.${kind}`;
    add('clv_contents', {
      id: i + 1,
      uid,
      document_id: `doc-${i}`,
      locale,
      kind,
      title: `Piece ${i}`,
      topic: topics.length > 0 ? topics.join(SEPARATOR) : null,
      published_at: 0,
      updated_at: 0,
    });
    return { id: i + 1, key: `${uid}/doc-${i}${locale && `/${locale}`}`, kind, topics };
  });
  let serial = 0;
  const next = (kind: string) => `${kind}-${String(serial++).padStart(6, '0')}`;

  const persons: PlainPerson[] = [];
  for (let n = 0; n < count; n++) {
    const id = next('person');
    const isCustomer = random() < 0.7;
    const customers: PlainPerson['customers'] = [];
    const touches: Touch[] = [];
    // Some are several persons who turned out to be one.
    const ids = [id, ...(random() < 0.3 ? [next('person')] : [])];
    for (const own of ids) {
      add('clv_persons', { id: own, canonical_id: id, created_at: 0 });
      if (isCustomer) customers.push(addCustomer(own));
      for (let browsers = below(random, 3); browsers > 0; browsers--) touches.push(...addBrowser(own));
    }
    const ago = () => NOW - Math.floor(random() * 60) * DAY;
    const person: PlainPerson = {
      id,
      kind: isCustomer ? 'customer' : 'prospect',
      tier: isCustomer ? pick(random, TIERS) : null,
      stage: isCustomer ? pick(random, STAGES.slice(1)) : 'prospect',
      channel: pick(random, CHANNELS),
      orders: isCustomer ? below(random, 4) : 0,
      firstOrderAt: isCustomer ? ago() : null,
      lastOrderAt: isCustomer ? ago() : null,
      lastTouchAt: random() < 0.5 ? ago() : null,
      revenue: below(random, 3_000),
      historical: below(random, 3_000) - 1_000,
      predicted: random() < 0.8 ? below(random, 3_000) : null,
      total: below(random, 3_000),
      pAlive: random() < 0.8 ? below(random, 11) / 10 : null,
      buyProbability: random() < 0.8 ? below(random, 11) / 10 : null,
      customers,
      touches,
    };
    persons.push(person);
    add('clv_person_values', {
      run_id: RUN,
      person_id: id,
      kind: person.kind,
      orders: person.orders,
      first_order_at: person.firstOrderAt,
      last_order_at: person.lastOrderAt,
      last_touch_at: person.lastTouchAt,
      channel: person.channel,
      revenue: person.revenue,
      historical: person.historical,
      predicted: person.predicted,
      total: person.total,
      p_alive: person.pAlive,
      buy_probability: person.buyProbability,
      tier: person.tier,
      stage: person.stage,
      updated_at: NOW,
    });
    // The same of another run, which counts for nobody.
    add('clv_person_values', {
      run_id: 'run-0',
      person_id: id,
      kind: 'customer',
      orders: 1,
      revenue: 1,
      historical: 1,
      total: 1,
      stage: 'new',
      updated_at: NOW,
    });
  }

  function addCustomer(person_id: string): PlainPerson['customers'][number] {
    const customer_id = next('customer');
    const customer = {
      company: pick(random, COMPANIES),
      segment: pick(random, SEGMENTS),
      nps: random() < 0.5 ? below(random, 11) : null,
      lines: [] as (string | null)[],
    };
    add('clv_identities', {
      id: next('identity'),
      person_id,
      namespace: 'customer',
      value: customer_id,
      linked_at: 0,
      source: 'test',
    });
    const { lines, ...columns } = customer;
    add('clv_customers', { customer_id, person_id, currency: 'EUR', ...columns, ...stamp });
    for (let orders = below(random, 3); orders > 0; orders--) {
      const line = pick(random, LINES);
      const status = pick(random, ['paid', 'paid', 'cancelled']);
      const amount = random() < 0.8 ? 100 : -100;
      if (status === 'paid' && amount > 0) lines.push(line);
      add('clv_orders', {
        order_id: next('order'),
        customer_id,
        ordered_at: NOW - DAY,
        amount,
        currency: 'EUR',
        product_line: line,
        status,
        ...stamp,
      });
    }
    return customer;
  }

  /** A browser that may have been somebody else's before, and may deny consent. */
  function addBrowser(person_id: string): Touch[] {
    const visitor_key = next('visitor-of-nobody');
    const from = random() < 0.5 ? 0 : NOW - below(random, 40) * DAY;
    const link = {
      visitor_key,
      person_id,
      valid_from: from,
      valid_to: FOREVER,
      linked_at: 0,
      source: 'test',
    };
    add('clv_visitor_links', { id: next('link'), ...link });
    const consent = pick(random, [null, null, 'granted', 'denied']);
    if (consent) add('clv_visitors', { visitor_key, consent, consent_source: 'test', consent_at: 0 });
    return Array.from({ length: below(random, 5) }, () => {
      const content = pick(random, contents);
      // One in ten is of the future, by a clock that is wrong.
      const at = NOW + (random() < 0.1 ? DAY : -Math.floor(random() * 40 * DAY));
      add('clv_touches', {
        message_id: next('touch'),
        visitor_key,
        content_id: content.id,
        kind: pick(random, ['view', 'read', 'download']),
        occurred_at: at,
        received_at: NOW,
        source: 'api',
      });
      return { content, at, counts: at >= from && at < NOW && consent !== 'denied' };
    });
  }

  for (const [table, rows] of Object.entries(tables)) {
    if (rows.length > 0) await knex.batchInsert(table, rows, 50);
  }
  return persons;
}

export async function clearSegmentWorld(knex: Knex): Promise<void> {
  for (const table of [
    'clv_contents',
    'clv_persons',
    'clv_identities',
    'clv_customers',
    'clv_orders',
    'clv_visitor_links',
    'clv_visitors',
    'clv_touches',
    'clv_person_values',
  ]) {
    await knex(table).delete();
  }
}

const within = (value: number | null, low = -Infinity, high = Infinity) =>
  value !== null && value >= low && value <= high;
const named = (value: string | null, names: readonly string[]) => value !== null && names.includes(value);

/** Whether a rule fits a person, told as plainly as can be. */
function ruleFits(rule: SegmentRule, person: PlainPerson): boolean {
  switch (rule.field) {
    case 'kind':
    case 'tier':
    case 'stage':
      return named(person[rule.field], rule.is);
    case 'channel':
      return named(person.channel, rule.is);
    case 'company':
      return person.customers.some(({ company }) => named(company, rule.is));
    case 'crmSegment':
      return person.customers.some(({ segment }) => named(segment, rule.is));
    case 'productLine':
      return person.customers.some(({ lines }) => lines.some((line) => named(line, rule.is)));
    case 'nps':
      return person.customers.some(({ nps }) => within(nps, rule.min, rule.max));
    case 'predicted':
    case 'total':
    case 'historical':
    case 'revenue': {
      const minor = person[rule.field];
      return within(minor === null ? null : minor / 100, rule.min, rule.max);
    }
    case 'orders':
      return within(person.orders, rule.min, rule.max);
    case 'pAlive':
      return person.kind === 'customer' && within(person.pAlive, rule.min, rule.max);
    case 'buyProbability':
      return person.kind === 'prospect' && within(person.buyProbability, rule.min, rule.max);
    case 'lastOrder':
    case 'firstOrder':
    case 'lastTouch': {
      const at = person[`${rule.field}At`];
      return within(at === null ? null : (NOW - at) / DAY, rule.atLeastDays, rule.atMostDays);
    }
    case 'content': {
      const { contents, kinds, topics, withinDays = Infinity, atLeast = 1 } = rule;
      const meant = ({ key, kind, topics: about }: Content) =>
        !(contents || kinds || topics) ||
        Boolean(
          contents?.includes(key) || kinds?.includes(kind) || topics?.some((topic) => about.includes(topic)),
        );
      const read = new Set(
        person.touches
          .filter(({ content, at, counts }) => counts && NOW - at <= withinDays * DAY && meant(content))
          .map(({ content }) => content.id),
      );
      return rule.did === read.size >= atLeast;
    }
  }
}

export function fits({ match, rules }: SegmentRules, person: PlainPerson): boolean {
  if (rules.length === 0) return true;
  const one = (rule: SegmentRules['rules'][number]): boolean =>
    'match' in rule ? fits(rule, person) : ruleFits(rule, person);
  return match === 'all' ? rules.every(one) : rules.some(one);
}

const someOf = <Item>(random: Random, items: readonly Item[]): Item[] => {
  const some = items.filter(() => random() < 0.5);
  return some.length > 0 ? some : [items[0]!];
};
const known = (names: readonly (string | null)[]) => names.filter((name) => name !== null);

/** One rule of each field, with bounds and names at random. */
export function randomRules(random: Random): SegmentRule[] {
  const bounds = (most: number, step: number) => {
    const [low, high] = [below(random, most), below(random, most)].map((n) => n * step).sort((a, b) => a - b);
    const both = random();
    return { ...(both < 0.8 && { min: low! }), ...(both > 0.2 && { max: high! }) };
  };
  const days = () => {
    const { min, max } = bounds(60, 1);
    return { ...(min !== undefined && { atLeastDays: min }), ...(max !== undefined && { atMostDays: max }) };
  };
  const content = (): SegmentRule => ({
    field: 'content',
    did: random() < 0.5,
    ...(random() < 0.4 && {
      contents: [`api::article.article/doc-${below(random, 8)}`, 'api::article.article/doc-1/en'],
    }),
    ...(random() < 0.3 && { kinds: [pick(random, KINDS)] }),
    ...(random() < 0.4 && { topics: someOf(random, TOPICS) }),
    ...(random() < 0.5 && { withinDays: 1 + below(random, 40) }),
    ...(random() < 0.4 && { atLeast: 1 + below(random, 3) }),
  });
  return [
    { field: 'kind', is: [pick(random, ['customer', 'prospect'] as const)] },
    { field: 'tier', is: someOf(random, known(TIERS)) },
    { field: 'stage', is: someOf(random, STAGES) },
    { field: 'channel', is: someOf(random, known(CHANNELS)) },
    { field: 'company', is: someOf(random, known(COMPANIES)) },
    { field: 'crmSegment', is: someOf(random, known(SEGMENTS)) },
    { field: 'productLine', is: someOf(random, known(LINES)) },
    ...(['predicted', 'total', 'historical', 'revenue'] as const).map(
      (field): SegmentRule => ({ field, ...bounds(300, 0.1) }),
    ),
    { field: 'orders', ...bounds(4, 1) },
    { field: 'pAlive', ...bounds(11, 0.1) },
    { field: 'buyProbability', ...bounds(11, 0.1) },
    { field: 'nps', ...bounds(11, 1) },
    ...(['lastOrder', 'firstOrder', 'lastTouch'] as const).map(
      (field): SegmentRule => ({ field, ...days() }),
    ),
    content(),
    content(),
  ];
}

/** Rules of several fields, with groups among them. */
export function randomTree(random: Random): SegmentRules {
  const match = () => pick(random, ['all', 'any'] as const);
  const few = () => {
    const all = randomRules(random);
    return Array.from({ length: 1 + below(random, 3) }, () => pick(random, all));
  };
  return {
    match: match(),
    rules: [...few(), ...(random() < 0.6 ? [{ match: match(), rules: few() }] : [])],
  };
}
