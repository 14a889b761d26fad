import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connector, CrmRow, Insight, Page } from '../../server/src/crm/connector';
import { ConnectorError } from '../../server/src/crm/connector-error';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { CERTIFICATE } from '../support/crm/certificate';
import type { CrmDouble, SeedCustomer, SeedDeal } from '../support/crm/double';
import { serve } from '../support/crm/served';
import { all, connect } from '../support/crm/tools';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const customer = (i: number, change: Partial<SeedCustomer> = {}): SeedCustomer => ({
  email: `someone-${i}@example.com`,
  name: `Someone ${i}`,
  createdAt: Date.now() - 30 * DAY,
  ...change,
});

const deal = (customers: string[], change: Partial<SeedDeal> = {}): SeedDeal => ({
  customers,
  amount: '1234.50',
  currency: 'EUR',
  won: true,
  wonAt: Date.now() - 10 * DAY,
  createdAt: Date.now() - 20 * DAY,
  ...change,
});

const insight = (customerId: string, change: Partial<Insight['values']> = {}): Insight => {
  const values = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];
  return {
    customerId,
    values: {
      ...values,
      predicted: 1234.5,
      p_alive: 0.87,
      tier: 'gold',
      stage: 'active',
      next_order_at: Date.UTC(2026, 10, 20),
      last_content: 'Leasing or buying: the questions',
      ...change,
    },
  };
};

const customersOf = (pages: Page[]): CrmRow[] =>
  pages.flatMap(({ records }) => records.flatMap((record) => record.customers ?? []));
const ordersOf = (pages: Page[]): CrmRow[] =>
  pages.flatMap(({ records }) => records.flatMap((record) => record.orders ?? []));
const idsOf = (pages: Page[]) => pages.flatMap(({ records }) => records.map(({ id }) => id));
const last = (pages: Page[]) => pages.at(-1)!.cursor;

async function failure(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error, 'it should have failed').toBeInstanceOf(ConnectorError);
  return error;
}

export interface SuiteOptions {
  /** What this kind cannot do, each with its reason; such a test is not made at all. */
  cannot?: Partial<Record<'deals' | 'merges' | 'notes' | 'push' | 'tls' | 'tokens' | 'faults', string>>;
}

/** What every connector keeps, whatever its CRM. */
export function contractSuite(
  title: string,
  open: () => Promise<CrmDouble>,
  { cannot = {} }: SuiteOptions = {},
) {
  /** A part that this kind has nothing for is not there at all: a test that is skipped looks like one that was forgotten. */
  type Define = (name: string, body: () => void | Promise<void>) => void;
  const unless =
    (part: keyof typeof cannot, define: Define): Define =>
    (name, body) => {
      if (!cannot[part]) define(name, body);
    };

  describe(`the contract of a connector: ${title}`, () => {
    let double: CrmDouble;
    let connector: Connector;
    beforeEach(async () => {
      double = await open();
      connector = connect(double);
    });
    afterEach(() => double.close());

    describe('credentials', () => {
      test('good ones are told from bad ones, before anything is pulled', async () => {
        const account = await connector.verify();
        expect(account.id).not.toBe('');
        expect(account.name).not.toBe('');
        const wrong = { ...double, options: double.wrongOptions };
        expect((await failure(connect(wrong).verify())).kind).toBe('auth');
      });

      test('options that cannot work are refused at once, with a word on each', () => {
        expect(double.kind.options.safeParse({}).success).toBe(false);
        expect(double.kind.options.safeParse({ ...double.options(), mispelt: 1 }).success).toBe(false);
      });

      test('every option has its place in the form', () => {
        const names = double.kind.form.map(({ name }) => name);
        for (const name of Object.keys(double.options())) expect(names).toContain(name);
      });

      test('the fields that columns are mapped to by default are there', async () => {
        const fields = await connector.fields();
        const columns = double.kind.columns(double.kind.options.parse(double.options()));
        for (const stream of connector.capabilities.pull) {
          const names = fields[stream].map(({ name }) => name);
          for (const property of Object.values(columns[stream])) {
            if (property !== null) expect(names, stream).toContain(property);
          }
        }
      });
    });

    describe('customers', () => {
      test('all of them come, page by page, each once, with their email', async () => {
        const count = Math.floor(double.pageSize * 2.5);
        const ids = await double.addCustomers(Array.from({ length: count }, (_, i) => customer(i)));
        const pages = await all(connector.pullCustomers(null));
        expect(pages.length).toBeGreaterThan(2);
        expect(idsOf(pages).sort()).toEqual([...ids].sort());
        const rows = customersOf(pages);
        expect(rows.map((row) => String(row.customer_id)).sort()).toEqual([...ids].sort());
        const first = rows.find((row) => String(row.customer_id) === ids[0])!;
        expect(first.email).toBe('someone-0@example.com');
      });

      test('a pull that is broken off after any page goes on behind it', async () => {
        const count = double.pageSize * 2 + 3;
        const ids = await double.addCustomers(Array.from({ length: count }, (_, i) => customer(i)));
        const pages = await all(connector.pullCustomers(null));
        for (const [at, page] of pages.entries()) {
          const rest = await all(connect(double).pullCustomers(page.cursor));
          const before = idsOf(pages.slice(0, at + 1));
          expect(new Set([...before, ...idsOf(rest)]), `behind page ${at}`).toEqual(new Set(ids));
        }
      });

      test('afterwards only what changed comes, and what is new', async () => {
        const count = double.pageSize + 2;
        const ids = await double.addCustomers(Array.from({ length: count }, (_, i) => customer(i)));
        let cursor = last(await all(connector.pullCustomers(null)));
        await double.changeCustomer(ids[1]!, { email: 'changed@example.com' });
        const [added] = await double.addCustomers([customer(9_000)]);
        const pages = await all(connect(double).pullCustomers(cursor));
        const emails = customersOf(pages).map((row) => row.email);
        expect(emails).toContain('changed@example.com');
        expect(idsOf(pages)).toContain(added);
        cursor = last(pages);
        await double.changeCustomer(ids[2]!, { email: 'later@example.com' });
        expect(
          customersOf(await all(connect(double).pullCustomers(cursor))).map((row) => row.email),
        ).toContain('later@example.com');
      });

      test('a clock that is an hour off, either way, misses nothing', async () => {
        for (const skew of [-HOUR, HOUR]) {
          const skewed = connect(double, { now: () => Date.now() + skew });
          await double.addCustomers([customer(1)]);
          const cursor = last(await all(skewed.pullCustomers(null)));
          const [added] = await double.addCustomers([customer(2)]);
          const pages = await all(connect(double, { now: () => Date.now() + skew }).pullCustomers(cursor));
          expect(idsOf(pages)).toContain(added);
        }
      });

      test('two with one email are both there, and one without keeps none', async () => {
        const twice = { email: 'both@example.com' };
        const ids = await double.addCustomers([
          customer(1, twice),
          customer(2, twice),
          customer(3, { email: null }),
        ]);
        const rows = customersOf(await all(connector.pullCustomers(null)));
        const emailOf = (id: string) => rows.find((row) => String(row.customer_id) === id)!.email ?? null;
        expect(ids.map(emailOf)).toEqual(['both@example.com', 'both@example.com', null]);
      });

      test('one that is deleted is known to be gone', async () => {
        const ids = await double.addCustomers([customer(1), customer(2), customer(3)]);
        const cursor = last(await all(connector.pullCustomers(null)));
        await double.removeCustomer(ids[1]!);
        await expectGone('customers', ids, ids[1]!, connector.pullCustomers(cursor));
      });

      unless('merges', test)('two that are merged are one', async () => {
        const ids = await double.addCustomers([customer(1), customer(2), customer(3)]);
        const cursor = last(await all(connector.pullCustomers(null)));
        await double.mergeCustomers!(ids[0]!, ids[2]!);
        const pages = await all(connect(double).pullCustomers(cursor));
        expect(pages.flatMap((page) => page.merged ?? [])).toContainEqual({ from: ids[0], into: ids[2] });
      });
    });

    async function expectGone(
      stream: 'customers' | 'orders',
      ids: string[],
      removed: string,
      pages: AsyncIterable<Page>,
    ) {
      if (connector.capabilities.deletions === 'told') {
        expect((await all(pages)).flatMap((page) => page.gone ?? [])).toContain(removed);
        return;
      }
      expect(connector.capabilities.deletions).toBe('listed');
      const there: string[] = [];
      for await (const some of connector.pullIds!(stream)) there.push(...some);
      expect(there.sort()).toEqual(ids.filter((id) => id !== removed).sort());
    }

    unless('deals', describe)('orders', () => {
      test('won deals come as orders with time, amount and currency, others do not', async () => {
        const [one, two] = await double.addCustomers([customer(1), customer(2)]);
        const wonAt = Date.UTC(2026, 4, 17);
        await double.addDeals([
          deal([one!], { amount: '1234.50', wonAt }),
          deal([two!], { amount: '99.00', won: false }),
        ]);
        const [order, ...others] = ordersOf(await all(connector.pullOrders(null)));
        expect(others).toEqual([]);
        expect(order).toMatchObject({ customer_id: one, currency: 'EUR' });
        expect(Number(order!.amount)).toBe(1234.5);
        const time = String(order!.ordered_at);
        expect(Math.abs(Date.parse(time) - wonAt)).toBeLessThanOrEqual(DAY);
      });

      test('an amount is handed on as exactly as the CRM has it: text, decimals, none, without decimals', async () => {
        const [id] = await double.addCustomers([customer(1)]);
        const amounts: [string | null, string][] = [
          ['0.10', 'EUR'],
          ['19.99', 'EUR'],
          ['1234567.89', 'EUR'],
          ['1500', 'JPY'],
          [null, 'EUR'],
        ];
        const deals = await double.addDeals(
          amounts.map(([amount, currency]) => deal([id!], { amount, currency })),
        );
        const pages = await all(connector.pullOrders(null));
        const rows = deals.map(
          (dealId) => pages.flatMap((page) => page.records).find((r) => r.id === dealId)!,
        );
        const told = rows.map((record) => record.orders?.[0]);
        expect(told.slice(0, 4).map((row) => [Number(row!.amount), row!.currency])).toEqual([
          [0.1, 'EUR'],
          [19.99, 'EUR'],
          [1234567.89, 'EUR'],
          [1500, 'JPY'],
        ]);
        // Never a float's long tail: as text it has at most the decimals that the CRM gave.
        for (const row of told.slice(0, 4)) expect(String(row!.amount)).toMatch(/^\d+(\.\d{1,2}0*)?$/);
        // Without an amount there is a row to complain about, or in CRMs where that cannot be, a zero.
        expect([undefined, null, '', '0', '0.00', 0]).toContain(told[4]?.amount);
      });

      test('all of them come, and a pull that is broken off goes on behind its last page', async () => {
        const [id] = await double.addCustomers([customer(1)]);
        const count = double.pageSize * 2 + 1;
        const ids = await double.addDeals(Array.from({ length: count }, () => deal([id!])));
        const pages = await all(connector.pullOrders(null));
        expect(new Set(idsOf(pages))).toEqual(new Set(ids));
        for (const [at, page] of pages.entries()) {
          const rest = await all(connect(double).pullOrders(page.cursor));
          expect(new Set([...idsOf(pages.slice(0, at + 1)), ...idsOf(rest)]), `behind page ${at}`).toEqual(
            new Set(ids),
          );
        }
      });

      test('a deal that is won later comes then, and one that is not won any more has no order left', async () => {
        const [id] = await double.addCustomers([customer(1)]);
        const [open, won] = await double.addDeals([deal([id!], { won: false }), deal([id!])]);
        const cursor = last(await all(connector.pullOrders(null)));
        await double.changeDeal(open!, { won: true });
        await double.changeDeal(won!, { won: false });
        const pages = await all(connect(double).pullOrders(cursor));
        const records = pages.flatMap((page) => page.records);
        expect(records.find((record) => record.id === open)?.orders).toHaveLength(1);
        const lost = records.find((record) => record.id === won);
        const gone = pages.flatMap((page) => page.gone ?? []).includes(won!);
        // An order that was cancelled may also say so itself.
        const counts = (lost?.orders ?? []).filter((row) => row.status !== 'cancelled').length;
        expect(gone || (lost !== undefined && counts === 0)).toBe(true);
      });

      test('one that is deleted is known to be gone', async () => {
        const [id] = await double.addCustomers([customer(1)]);
        const ids = await double.addDeals([deal([id!]), deal([id!])]);
        const cursor = last(await all(connector.pullOrders(null)));
        await double.removeDeal(ids[0]!);
        await expectGone('orders', ids, ids[0]!, connector.pullOrders(cursor));
      });
    });

    unless('push', describe)('insights', () => {
      test('they arrive, empty ones are emptied, and sent twice they change nothing', async () => {
        const [one, two] = await double.addCustomers([customer(1), customer(2)]);
        await connector.ensureSchema();
        await connector.ensureSchema();
        const batch = [insight(one!), insight(two!, { tier: 'bronze', last_content: null })];
        expect(await connector.pushInsights(batch)).toEqual([{ ok: true }, { ok: true }]);
        expect(await double.insightsOf(one!)).toMatchObject({ tier: 'gold', stage: 'active' });
        expect(Number((await double.insightsOf(one!))!.predicted)).toBe(1234.5);
        expect((await double.insightsOf(two!))!.last_content ?? null).toBeNull();
        const before = await double.insightsOf(one!);
        await connect(double).pushInsights(batch);
        expect(await double.insightsOf(one!)).toEqual(before);
        await connector.pushInsights([insight(one!, { tier: null, predicted: null })]);
        const after = (await double.insightsOf(one!)) ?? {};
        expect([after.tier ?? null, after.predicted ?? null]).toEqual([null, null]);
      });

      test('a full batch arrives whole, however many the CRM takes at once', async () => {
        const { batch } = connector.capabilities;
        const ids = await double.addCustomers(Array.from({ length: batch }, (_, i) => customer(i)));
        await connector.ensureSchema();
        const results = await connector.pushInsights(ids.map((id) => insight(id)));
        expect(results).toHaveLength(batch);
        expect(results.every((result) => result.ok)).toBe(true);
        for (const id of [ids[0]!, ids.at(-1)!])
          expect(await double.insightsOf(id)).toMatchObject({ tier: 'gold' });
      });

      test('one that cannot be written is told, and the others arrive', async () => {
        const [one, two, three] = await double.addCustomers([customer(1), customer(2), customer(3)]);
        await connector.ensureSchema();
        await double.removeCustomer(two!);
        const results = await connector.pushInsights([insight(one!), insight(two!), insight(three!)]);
        expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
        const refused = results[1]!;
        if (refused.ok) throw new Error('it was refused');
        expect(refused.error.kind).toBe('permanent');
        expect(refused.gone).toBe(true);
        expect(await double.insightsOf(three!)).toMatchObject({ tier: 'gold' });
      });
    });

    unless('notes', describe)('notes', () => {
      const note = (customerId: string, key = 'download-1') => ({
        customerId,
        key,
        at: Date.UTC(2026, 5, 1),
        title: 'White paper downloaded: The water handbook',
        text: 'The water handbook',
      });

      test('a note stands once, also when nobody knows whether it arrived', async () => {
        const [id] = await double.addCustomers([customer(1)]);
        await connector.ensureSchema();
        expect(await connector.pushNotes!([note(id!)])).toEqual([{ ok: true }]);
        expect(await double.notesOf(id!)).toHaveLength(1);
        await connect(double).pushNotes!([note(id!)]);
        expect(await double.notesOf(id!)).toHaveLength(1);
        await connect(double).pushNotes!([note(id!), note(id!, 'download-2')]);
        const titles = await double.notesOf(id!);
        expect(titles).toHaveLength(2);
        expect(titles[0]).toContain('water handbook');
      });
    });

    unless('faults', describe)('faults', () => {
      const firstPage = async (from: Connector) => {
        for await (const page of from.pullCustomers(null)) return page;
        throw new Error('there was no page');
      };

      const twoCustomers = async () => {
        await double.addCustomers([customer(1), customer(2)]);
        await connector.verify();
      };

      test('a storm of 503 that ends is weathered; one that does not is told as passing', async () => {
        await twoCustomers();
        const storm = { kind: 'status' as const, status: 503 };
        double.server.faults = [storm, storm, storm];
        expect((await firstPage(connect(double))).records).toHaveLength(2);
        double.server.chance = () => storm;
        expect((await failure(firstPage(connect(double)))).kind).toBe('transient');
      });

      test('429 is waited for as long as the CRM asks', async () => {
        await twoCustomers();
        double.server.faults = [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }];
        const from = double.server.log.length;
        await firstPage(connect(double));
        const [refused, again] = double.server.log.slice(from);
        expect(refused!.status).toBe(429);
        expect(again!.at - refused!.at).toBeGreaterThanOrEqual(990);
      });

      test('a wait of hours is left to whoever runs it', async () => {
        await twoCustomers();
        double.server.chance = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '7200' } });
        const error = await failure(firstPage(connect(double)));
        expect(error.kind).toBe('rate-limit');
        expect(error.retryAfterMs).toBeGreaterThanOrEqual(7_200_000);
      });

      test('an answer that never comes, a cut connection and half an answer are passing', async () => {
        await twoCustomers();
        for (const kind of ['hang', 'reset', 'cut'] as const) {
          double.server.chance = () => ({ kind });
          const impatient = connect(double, { world: { timeoutMs: 100 } });
          expect((await failure(firstPage(impatient))).kind, kind).toBe('transient');
          double.server.chance = null;
          double.server.faults = [{ kind }];
          expect(
            (await firstPage(connect(double, { world: { timeoutMs: 500 } }))).records,
            kind,
          ).toHaveLength(2);
        }
      });

      test('a redirect to another host is refused, and that host never asked', async () => {
        await twoCustomers();
        const elsewhere = await serve(() => ({ status: 200, body: {} }));
        double.server.chance = () => ({ kind: 'redirect', to: `${elsewhere.url}/steal` });
        const error = await failure(firstPage(connect(double)));
        expect(error.kind).toBe('config');
        expect(error.message).toContain(elsewhere.host);
        expect(elsewhere.log).toEqual([]);
        await elsewhere.close();
      });

      unless('tls', test)('a certificate that nobody vouches for is refused', async () => {
        await twoCustomers();
        const tls = await serve(() => ({ status: 200, body: {} }), CERTIFICATE);
        const options = JSON.parse(JSON.stringify(double.options()).replaceAll(double.server.url, tls.url));
        const there = connect({ ...double, server: tls, options: () => options });
        const error = await failure(there.verify());
        expect(error.kind).toBe('config');
        expect(error.message).toContain('certificate');
        expect(tls.log).toEqual([]);
        await tls.close();
      });

      test('what it says of an error holds no secret, even when the CRM quotes it', async () => {
        await twoCustomers();
        const quoted = { message: `wrong: ${double.secrets.join(' ')}` };
        for (const status of [400, 401, 403, 500]) {
          double.server.chance = () => ({ kind: 'status', status, body: quoted });
          const error = await failure(connect(double).verify());
          for (const secret of double.secrets) {
            expect(JSON.stringify([error.message, error.stack, error])).not.toContain(secret);
          }
        }
      });

      unless('tokens', test)('an access token that runs out on the way is renewed', async () => {
        await twoCustomers();
        await double.addCustomers(Array.from({ length: double.pageSize * 2 }, (_, i) => customer(100 + i)));
        const seen: string[] = [];
        for await (const page of connect(double).pullCustomers(null)) {
          seen.push(...page.records.map(({ id }) => id));
          double.expireTokens!();
        }
        expect(new Set(seen).size).toBe(double.pageSize * 2 + 2);
      });
    });
  });
}
