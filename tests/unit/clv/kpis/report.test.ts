import { describe, expect, test } from 'vitest';
import type { Figure, GroupBy, ValueReport } from '../../../../server/src/clv/api-types';
import { converter } from '../../../../server/src/clv/convert';
import { historicalValue } from '../../../../server/src/clv/historical-value';
import { firstOrderOf, serviceOf, sumsOf } from '../../../../server/src/clv/ledger';
import { monthsIn } from '../../../../server/src/clv/months';
import type { PersonFacts } from '../../../../server/src/clv/people/facts';
import { sumOrders } from '../../../../server/src/clv/people/sum-orders';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY, grid, NOW, nobody, OPTIONS, order, record, reportOf, unruly } from './people';

const GROUPINGS: GroupBy[] = ['channel', 'segment', 'cohort', 'productLine', 'tier'];
const MONEY = ['revenue', 'cost', 'service', 'acquisition', 'margin', 'clv'] as const;
const cents = (major: number) => Math.round(major * 100);
const convert = converter(OPTIONS);
const months = monthsIn(OPTIONS.timezone);

/** One person's value, as every other part of the plugin computes it. */
function historicalOf({ orders, records }: PersonFacts) {
  const sums = sumOrders(orders);
  const served = records.map((one) => ({ ...one, service: serviceOf(one, firstOrderOf(sums), NOW, months) }));
  return historicalValue(sumsOf(sums, served), convert);
}

const costsOf = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 60 }, () => ({
    month: Math.floor(random() * grid().names.length),
    channel: ['search', 'newsletter', 'tv'][Math.floor(random() * 3)]!,
    productLine: random() < 0.3 ? 'beans' : '',
    segment: random() < 0.3 ? 'smb' : '',
    amount: Math.floor(random() * 100_000),
  }));
};

describe('sums', () => {
  test.each([1, 2, 3, 4])(
    'of every grouping are the total to the cent, which is that of the single persons (world %i)',
    (seed) => {
      const people = unruly(seed, 800);
      const { report } = reportOf(people, {
        costs: costsOf(seed),
        predict: ({ personId }) => ({
          predicted: Number(personId.slice(1)) * 7 - 300,
          pAlive: null,
          gap: null,
        }),
      });
      for (const name of MONEY) {
        const whole = people.reduce((sum, facts) => sum + historicalOf(facts)[name], 0);
        expect(cents(report.total[name]), name).toBe(whole);
        for (const by of GROUPINGS) {
          const sum = report.groups[by].reduce((total, row) => total + cents(row[name]), 0);
          expect(sum, `${name} by ${by}`).toBe(whole);
        }
      }
      for (const by of GROUPINGS) {
        const sum = (pick: (row: ValueReport['groups'][GroupBy][number]) => number) =>
          report.groups[by].reduce((total, row) => total + pick(row), 0);
        expect(
          sum((row) => row.orders),
          by,
        ).toBe(report.total.orders);
        expect(
          sum((row) => cents(row.predicted ?? 0)),
          by,
        ).toBe(cents(report.total.predicted!));
        if (by !== 'productLine')
          expect(
            sum((row) => row.customers),
            by,
          ).toBe(report.total.customers);
      }
    },
  );

  test.each([5, 6])(
    'of marketing are the costs to the cent by every grouping and month (world %i)',
    (seed) => {
      const costs = costsOf(seed);
      const people = unruly(seed, 500).map((facts) => ({
        ...facts,
        records: facts.records.map((one) => ({ ...one, acquisitionCost: 0 })),
      }));
      const { report } = reportOf(people, { costs });
      const spent = costs.reduce((sum, { amount }) => sum + amount, 0);
      const newcomers = report.groups.channel.reduce((sum, row) => sum + row.newCustomers, 0);
      for (const by of GROUPINGS) {
        expect(
          report.groups[by].reduce((sum, row) => sum + cents(row.marketing), 0),
          by,
        ).toBe(spent);
        expect(
          report.groups[by].reduce((sum, row) => sum + row.newCustomers, 0),
          by,
        ).toBe(newcomers);
      }
      const shown = new Set(report.ratioOverTime.map(({ month }) => month));
      const told = costs.filter(({ month }) => shown.has(grid().names[month]!));
      expect(report.ratioOverTime.reduce((sum, row) => sum + cents(row.marketing), 0)).toBe(
        told.reduce((sum, { amount }) => sum + amount, 0),
      );
    },
  );
});

/** Every number of a report, with where it stands. */
function* numbers(value: unknown, path = ''): Generator<[string, number]> {
  if (typeof value === 'number') yield [path, value];
  else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* numbers(inner, `${path}.${key}`);
  }
}

test.each<[string, PersonFacts[]]>([
  ['nobody', []],
  [
    'one reader',
    [{ ...nobody('a'), touches: unruly(1, 30).find(({ touches }) => touches.length > 0)!.touches }],
  ],
  ['one customer with one order', [{ ...nobody('a'), orders: [order('a', '2025-01-01', 100)] }]],
  ['refunds alone', [{ ...nobody('a'), orders: [order('a', '2025-01-01', -100)] }]],
  ['a lead with costs', [{ ...nobody('a'), records: [record('a', { acquisitionCost: 500 })] }]],
  [
    'all orders on one day',
    Array.from({ length: 40 }, (_, i) => ({
      ...nobody(`${i}`),
      orders: [order(`${i}`, '2025-05-05', 100), order(`${i}`, '2025-05-05', 100)],
    })),
  ],
  [
    'margins below zero',
    Array.from({ length: 40 }, (_, i) => ({
      ...nobody(`${i}`),
      orders: [order(`${i}`, '2025-05-05', 100, { cost: 900 })],
    })),
  ],
  [
    'orders of nothing',
    Array.from({ length: 40 }, (_, i) => ({ ...nobody(`${i}`), orders: [order(`${i}`, '2025-05-05', 0)] })),
  ],
  ['orders to come', [{ ...nobody('a'), orders: [order('a', NOW + DAY, 100)] }]],
  ['an order of 1970', [{ ...nobody('a'), orders: [order('a', 0, 100)] }]],
  ['all kinds', unruly(9, 300)],
])('a report of %s holds finite numbers only, and survives JSON', (_, people) => {
  const result = reportOf(people, {
    costs: [{ month: 3, channel: 'tv', productLine: '', segment: '', amount: 5 }],
  });
  for (const [path, value] of numbers(result)) expect(Number.isFinite(value), path).toBe(true);
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

describe('key figures', () => {
  const figure = (report: ValueReport, key: string): Figure =>
    report.tiles.find((tile) => tile.key === key)!.figure;

  /** Customers who order 200 in every quarter of five years, of whom one in twenty leaves each month. */
  const quarterly = Array.from({ length: 40 }, (_, i): PersonFacts => {
    const facts = nobody(`q${i}`);
    for (let at = Date.parse('2024-02-01T12:00:00Z'); at < NOW; at += 91 * DAY) {
      facts.orders.push(order(facts.personId, at, 20_000, { cost: 12_000 }));
    }
    facts.records.push(record(facts.personId, { acquisitionCost: 5_000, channel: 'search' }));
    return facts;
  });

  test('of customers who all stay say what they leave, and that nobody knows yet how long they stay', () => {
    const { report } = reportOf(quarterly);
    expect(figure(report, 'churn')).toMatchObject({ value: 0, low: 0, n: 40 });
    expect(figure(reportOf(quarterly.slice(0, 3)).report, 'churn')).toEqual({
      notEnough: { has: 3, needs: 10, of: 'customers' },
    });
    expect(figure(report, 'lifetime')).toEqual({ notEnough: { has: 0, needs: 1, of: 'customers' } });
    expect(figure(report, 'retention')).toMatchObject({ value: 1, n: 40 });
    const orders = quarterly[0]!.orders.length;
    expect(figure(report, 'historicalClv')).toMatchObject({ value: orders * 80 - 50, n: 40 });
    expect(figure(report, 'cac')).toEqual({ value: 50, low: null, high: null, n: 40 });
    expect(figure(report, 'ratio')).toMatchObject({ value: (orders * 80) / 50 });
    expect(report.formulas.find(({ key }) => key === 'simple')!.figure).toHaveProperty('notEnough');
    expect(report.formulas.find(({ key }) => key === 'historical')!.differs).toContain('so-far');
  });

  test('of customers of whom some leave give all formulas, each less than the one before', () => {
    const people = quarterly.map((facts, i) =>
      i % 4 > 0
        ? facts
        : { ...facts, orders: facts.orders.filter(({ at }) => at < Date.parse('2025-03-01')) },
    );
    const { report } = reportOf(people);
    const values = ['simple', 'margin', 'b2b', 'comprehensive'].map((key) => {
      const { figure: found } = report.formulas.find((formula) => formula.key === key)!;
      return 'value' in found ? found : null;
    });
    const [simple, margin, b2b, comprehensive] = values.map((found) => found!.value);
    expect(margin).toBeCloseTo(simple! * 0.4, 8);
    expect(b2b).toBe(margin);
    expect(comprehensive).toBeLessThan(b2b!);
    for (const found of values) expect(found!.low!).toBeLessThan(found!.value);
    const inputs = Object.fromEntries(report.formulas[0]!.inputs.map(({ name, value }) => [name, value]));
    expect(inputs.orderValue! * inputs.ordersPerMonth! * inputs.lifespan!).toBeCloseTo(simple!, 8);
  });

  test('the payback time is when the margin has paid for the acquisition, however long one has watched since', () => {
    const once = (day: string, acquisitionCost: number) =>
      Array.from(
        { length: 40 },
        (_, i): PersonFacts => ({
          ...nobody(`o${i}`),
          orders: [order(`o${i}`, day, 9_000 + 50 * i)],
          records: [record(`o${i}`, { acquisitionCost })],
        }),
      );
    const [long, short] = ['2024-03-05', '2025-12-05'].map((day) =>
      figure(reportOf(once(day, 5_000)).report, 'payback'),
    );
    expect(short).toEqual(long);
    expect((long as { value: number }).value).toBeLessThan(1);
    expect(figure(reportOf(once('2024-03-05', 20_000)).report, 'payback')).toHaveProperty(
      'notEnough.of',
      'months',
    );
    // 80 in February, May and August: 200 is reached in the seventh month, which is August.
    const slow = quarterly.map((facts) => ({
      ...facts,
      records: facts.records.map((one) => ({ ...one, acquisitionCost: 20_000 })),
    }));
    const found = figure(reportOf(slow).report, 'payback') as { value: number; low: number; high: number };
    expect(found.value).toBeCloseTo(6.5, 9);
    expect([found.low, found.high]).toEqual([found.value, found.value]);
  });

  test('without costs or with costs of nothing say so, and never divide by zero', () => {
    const free = quarterly.map((facts) => ({ ...facts, records: [] }));
    const { report } = reportOf(free);
    for (const key of ['cac', 'ratio', 'payback']) {
      expect(figure(report, key)).toEqual({ notEnough: { has: 0, needs: 1, of: 'costs' } });
    }
    const nothing = reportOf(free, {
      costs: [{ month: 1, channel: '', productLine: '', segment: '', amount: 0 }],
    }).report;
    expect(figure(nothing, 'cac')).toMatchObject({ value: 0 });
    expect(figure(nothing, 'ratio')).toEqual({ notEnough: { has: 0, needs: 1, of: 'costs' } });
    const alone = reportOf([], {
      costs: [{ month: 1, channel: 'tv', productLine: '', segment: '', amount: 500 }],
    }).report;
    expect(figure(alone, 'cac')).toEqual({ notEnough: { has: 0, needs: 1, of: 'customers' } });
    expect(alone.groups.channel).toMatchObject([{ group: 'tv', marketing: 5, newCustomers: 0 }]);
  });

  test('of channels go by their costs first, and by the customers’ own where a channel has none', () => {
    const people = [...Array(12)].flatMap((_, i): PersonFacts[] => [
      {
        ...nobody(`s${i}`),
        orders: [order(`s${i}`, '2024-02-05', 30_000)],
        records: [record(`s${i}`, { channel: 'search', acquisitionCost: 100 })],
      },
      {
        ...nobody(`n${i}`),
        orders: [order(`n${i}`, '2024-02-06', 12_000)],
        records: [record(`n${i}`, { channel: 'newsletter', acquisitionCost: 2_000 })],
      },
    ]);
    const { report } = reportOf(people, {
      costs: [{ month: 1, channel: 'search', productLine: '', segment: '', amount: 120_000 }],
    });
    const [search, newsletter] = report.groups.channel;
    expect(search).toMatchObject({
      group: 'search',
      marketing: 1_200,
      newCustomers: 12,
      cac: { value: 100 },
      ratio: { value: 3, low: 3, high: 3 },
    });
    expect(newsletter).toMatchObject({
      group: 'newsletter',
      marketing: 240,
      cac: { value: 20 },
      ratio: { value: 6 },
    });
    expect(figure(report, 'cac')).toMatchObject({ value: 60, n: 24 });
  });
});

test('people who read before they bought tell the time to conversion and the first item of a cohort', () => {
  const people = Array.from({ length: 20 }, (_, i): PersonFacts => {
    const facts = { ...nobody(`p${i}`), orders: [order(`p${i}`, '2025-01-31', 1_000)] };
    const at = facts.orders[0]!.at - (i + 1) * DAY;
    facts.touches.push({
      personId: `p${i}`,
      contentId: 7,
      at,
      linkedAt: at,
      kind: 'read',
      seconds: i < 5 ? 30 : 29,
      depth: 1,
      channel: null,
    });
    return facts;
  });
  const { report } = reportOf(people);
  expect(report.timeToConversion.median).toMatchObject({ value: 10.5, n: 20 });
  expect(report.timeToConversion.histogram.reduce((sum, { people: n }) => sum + n, 0)).toBe(20);
  expect(report.cohorts.firstContent).toMatchObject([{ cohort: '7', customers: 20 }]);
  expect(report.cohorts.month[0]).toMatchObject({ cohort: '2025-01', customers: 20 });
  expect(report.cohorts.month[0]!.cells.slice(0, 2)).toEqual([
    { n: 20, retained: 1, cumulativeValue: 10 },
    { n: 20, retained: 0, cumulativeValue: 10 },
  ]);
  expect(report.cohorts.month[0]!.cells[14]).toBeNull();
  expect(report.tiles.find(({ key }) => key === 'engagement')!.figure).toMatchObject({ value: 0.25, n: 20 });
});
