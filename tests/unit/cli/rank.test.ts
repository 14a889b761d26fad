import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const ORDERS = 'order_id,customer_id,ordered_at,amount,currency\n';
const TOUCHES = 'touch_id,customer_id,content_id,kind,occurred_at\n';
const lines = (rows: string[]) => rows.map((row) => `${row}\n`).join('');

const orders = files.file(
  'orders.csv',
  ORDERS +
    lines([
      'o1,c1,2026-01-10,100.00,EUR',
      'o2,c1,2026-02-10T08:00:00Z,50.00,EUR',
      'o3,c2,2026-01-20,20.00,EUR',
      'o4,c2,2026-03-01,-5.00,EUR',
      'o5,c3,2026-02-01,10.50,EUR',
    ]),
);
const touches = files.file(
  'touches.csv',
  TOUCHES +
    lines([
      't1,c1,a,view,2026-01-05',
      't2,c1,a,view,2026-01-06',
      't3,c1,b,read,2026-01-10',
      't4,c2,b,view,2026-01-19T23:59:59Z',
      't5,c4,a,download,2026-02-15',
    ]),
);
const contents = files.file(
  'contents.csv',
  'content_id,content_type,title,published_at\na,article,"Apples, and more",2025-01-01\nb,article,Bananas,2025-01-01\nc,white-paper,Cherries,\n',
);

const FIGURES = [
  'contentId',
  'exposed',
  'unexposed',
  'rho',
  'rhoLow',
  'rhoHigh',
  'pValue',
  'qValue',
  'rankBiserial',
  'meanExposed',
  'meanUnexposed',
  'difference',
  'differenceLow',
  'differenceHigh',
  'adjustedRho',
  'adjustedRhoLow',
  'adjustedRhoHigh',
  'adjustedDifference',
  'adjustedDifferenceLow',
  'adjustedDifferenceHigh',
  'excess',
  'excessLow',
  'excessHigh',
  'score',
  'verdict',
];

async function rankJson(...args: string[]) {
  const { code, stdout, stderr } = await clv('rank', '--json', ...args);
  expect(stderr.split('\n').filter((line) => line.startsWith('error'))).toEqual([]);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  const byId = Object.fromEntries(
    report.ranking.map((item: { contentId: string }) => [item.contentId, item]),
  );
  return { report, byId, stderr };
}

describe('clv rank --json', () => {
  it('prints the documented keys, all of them and no others', async () => {
    const { report } = await rankJson('--orders', orders, '--touches', touches, '--contents', contents);
    expect(Object.keys(report)).toEqual(['population', 'items', 'landmark', 'value', 'ranking']);
    expect(report).toMatchObject({ items: 3, landmark: 'first-order', value: 'revenue' });
    for (const item of report.ranking) expect(Object.keys(item)).toEqual(FIGURES);
  });

  it('divides by first order: touches strictly before it, all orders', async () => {
    const { report, byId } = await rankJson('--orders', orders, '--touches', touches);
    expect(report.population).toBe(3);
    expect(byId.a).toMatchObject({ exposed: 1, unexposed: 2, meanExposed: 150, meanUnexposed: 12.75 });
    expect(byId.b).toMatchObject({ exposed: 1, meanExposed: 15, meanUnexposed: 80.25, difference: -65.25 });
  });

  it('divides by nothing: everyone seen, any touch, all orders', async () => {
    const { report, byId } = await rankJson('--orders', orders, '--touches', touches, '--landmark', 'all');
    expect(report).toMatchObject({ population: 4, landmark: 'all' });
    expect(byId.a).toMatchObject({ exposed: 2, meanExposed: 75, meanUnexposed: 12.75 });
    expect(byId.b).toMatchObject({ exposed: 2, meanExposed: 82.5 });
  });

  it.each(['Europe/Rome', 'America/New_York'])(
    'begins the landmark day and bare dates in the files at the same moment in %s',
    async (zone) => {
      const rows = ['o1,c1,2026-03-01,9.00,EUR', 'o2,c2,2026-02-28,4.00,EUR'];
      const dated = files.file('dated.csv', ORDERS + lines(rows));
      const reads = ['t1,c1,a,view,2026-02-28', 't2,c2,b,view,2026-02-28', 't3,c2,a,view,2026-03-01'];
      const read = files.file('read.csv', TOUCHES + lines(reads));
      const day = ['--landmark', '2026-03-01', '--timezone', zone];
      const { report, byId } = await rankJson('--orders', dated, '--touches', read, ...day);
      expect(report.population).toBe(2);
      expect(byId.a).toMatchObject({ exposed: 1, meanExposed: 9, meanUnexposed: 0 });
      expect(byId.b).toMatchObject({ exposed: 1, meanExposed: 0, meanUnexposed: 9 });
    },
  );

  it.each([
    ['all', 2],
    ['2026-02-01', 2],
    ['2026-01-10', 1],
    ['first-order', 1],
  ])('counts someone who only gave something back at %s, but never as having ordered', async (day, size) => {
    const rows = ['o1,c1,2026-01-05,9.00,EUR', 'o2,c2,2026-01-10,-4.00,EUR'];
    const refunds = files.file('refunds.csv', ORDERS + lines(rows));
    const nothing = files.file('nothing.csv', TOUCHES);
    const { report } = await rankJson('--orders', refunds, '--touches', nothing, '--landmark', day);
    expect(report.population).toBe(size);
  });

  it('divides by a day: those seen before it, their touches before and their orders from it on', async () => {
    const { report, byId } = await rankJson(
      '--orders',
      orders,
      '--touches',
      touches,
      '--landmark',
      '2026-02-10',
    );
    expect(report).toMatchObject({ population: 3, landmark: '2026-02-10' });
    expect(byId.a).toMatchObject({ exposed: 1, meanExposed: 50, meanUnexposed: -2.5 });
    expect(byId.b).toMatchObject({ exposed: 2, meanExposed: 22.5, meanUnexposed: 0 });
  });

  it('begins a landmark day in the time zone asked for', async () => {
    const at = ['--orders', orders, '--touches', touches, '--landmark', '2026-01-20'];
    const utc = await rankJson(...at);
    const kiritimati = await rankJson(...at, '--timezone', 'Pacific/Kiritimati');
    expect([utc.byId.b.exposed, kiritimati.byId.b.exposed]).toEqual([2, 1]);
  });

  it('lists the items of contents.csv only, those that nobody touched too', async () => {
    const some = files.file(
      'some.csv',
      'content_id,content_type,title,published_at\nb,article,,\nc,article,Cherries,\n',
    );
    const { report, byId, stderr } = await rankJson(
      '--orders',
      orders,
      '--touches',
      touches,
      '--contents',
      some,
      '--landmark',
      'all',
    );
    expect(Object.keys(byId).sort()).toEqual(['b', 'c']);
    expect(report.population).toBe(4);
    expect(byId.c).toMatchObject({ exposed: 0, unexposed: 4, rho: null, verdict: 'not enough data' });
    expect(stderr).toContain('1 items are not in');
  });

  it('values a customer by margin, a missing cost being nothing', async () => {
    const withCost = files.file(
      'cost.csv',
      'cost,order_id,customer_id,ordered_at,amount,currency\n30,o1,c1,2026-01-10,100,EUR\n,o2,c2,2026-01-20,20,EUR\n',
    );
    const { report, byId, stderr } = await rankJson(
      '--orders',
      withCost,
      '--touches',
      touches,
      '--value',
      'margin',
    );
    expect(report.value).toBe('margin');
    expect(byId.a).toMatchObject({ meanExposed: 70, meanUnexposed: 20 });
    expect(stderr).toContain('1 orders have no cost; it counts as 0');
  });

  it('counts paid orders only, and an order id once', async () => {
    const messy = files.file(
      'messy.csv',
      'order_id,customer_id,ordered_at,amount,currency,status\no1,c1,2026-01-10,99,JPY,paid\no2,c1,2026-01-11,500,JPY,refunded\no3,c2,2026-01-12,7,JPY,\no1,c1,2026-01-10,100,JPY,Paid\n',
    );
    const { byId, stderr } = await rankJson('--orders', messy, '--touches', touches);
    expect(byId.a).toMatchObject({ exposed: 1, meanExposed: 100, meanUnexposed: 7 });
    expect(stderr).toContain('1 order ids came again');
    expect(stderr).toContain('1 orders are refunded or cancelled');
  });

  it("gives a visitor's touches to the customer that another row links it to, at the right time", async () => {
    const visits = files.file(
      'visits.csv',
      'touch_id,customer_id,visitor_id,content_id,kind,occurred_at\n' +
        lines([
          't1,,v1,a,view,2026-01-01',
          't2,c1,v1,b,view,2026-01-03',
          't3,c2,v1,b,view,2026-01-09',
          't4,,v1,c,view,2026-01-08',
          't5,,v1,d,view,2026-01-15',
          't6,,v2,a,view,2026-01-01',
          't7,,,a,view,2026-01-01',
        ]),
    );
    const { report, byId, stderr } = await rankJson(
      '--orders',
      orders,
      '--touches',
      visits,
      '--landmark',
      'all',
    );
    expect(report.population).toBe(4);
    expect(byId.a.meanExposed).toBe(75); // c1 (150) and the unknown visitor (0)
    expect(byId.c.meanExposed).toBe(150); // c1 was the last known before
    expect(byId.d.meanExposed).toBe(15); // then c2
    expect(stderr).toContain('3 touches without a customer_id were linked by their visitor_id');
    expect(stderr).toContain('1 visitors are linked to no customer');
    expect(stderr).toContain('1 visitors were several customers');
    expect(stderr).toContain('line 8: customer_id is empty, and there is no visitor_id either');
  });

  it('leaves bad rows out and tells of the first ten', async () => {
    const bad = Array.from({ length: 14 }, (_, i) => `x${i},c1,2026-01-10,1.234,EUR`);
    const some = files.file(
      'bad.csv',
      `${ORDERS}o1,c1,2026-01-10,5,EUR\n${lines(bad)}o2,c2,2026-01-10,7,EUR\n`,
    );
    const { byId, stderr } = await rankJson('--orders', some, '--touches', touches);
    expect(byId.a).toMatchObject({ meanExposed: 5, meanUnexposed: 7 });
    expect(stderr).toContain('bad.csv, line 3: amount has 3 decimals, but EUR has 2: "1.234"');
    expect(stderr.match(/bad\.csv, line/g)).toHaveLength(10);
    expect(stderr).toContain('and 4 more');
    expect(stderr).toContain('14 rows were left out');
  });

  it('ranks nobody without complaint', async () => {
    const none = files.file('none.csv', ORDERS);
    const { report, byId } = await rankJson('--orders', none, '--touches', touches);
    expect(report.population).toBe(0);
    expect(byId.a).toMatchObject({ exposed: 0, rho: null, verdict: 'not enough data' });
  });
});

describe('clv rank where whoever reads much also buys much', () => {
  const folder = files.path('confounded');
  const from = ['orders', 'touches', 'contents'].flatMap((name) => [`--${name}`, `${folder}/${name}.csv`]);
  let truth: { contentId: string; true: boolean; support?: boolean }[];

  beforeAll(async () => {
    const people = ['--customers', '4000', '--contents', '40', '--seed', '5'];
    const { code } = await clv(
      'simulate',
      ...people,
      ...['--confounding', '0.8', '--support', '3'],
      '--out',
      folder,
    );
    expect(code).toBe(0);
    truth = JSON.parse(readFileSync(`${folder}/truth.json`, 'utf8')).items;
  });

  it('gives figures that mislead as they are, and verdicts that do not', async () => {
    const { byId, stderr } = await rankJson(...from);
    const wrong = truth.filter((item) => !item.true).map(({ contentId }) => byId[contentId]);
    const raising = truth.filter((item) => item.true).map(({ contentId }) => byId[contentId]);
    expect(wrong.filter(({ differenceLow }) => differenceLow > 0).length).toBeGreaterThan(25);
    expect(raising.map(({ verdict }) => verdict)).toEqual(Array(8).fill('associated'));
    // One of ten that are called so may be wrong.
    expect(wrong.filter(({ verdict }) => verdict === 'associated').length).toBeLessThanOrEqual(1);
    for (const { adjustedDifference, adjustedRho, excess, excessLow, excessHigh } of raising) {
      expect(adjustedDifference).not.toBeNull();
      expect(adjustedRho).toBeGreaterThan(0);
      expect(excessLow < excess && excess < excessHigh).toBe(true);
    }
    const planted = truth.filter(({ support }) => support).map(({ contentId }) => byId[contentId]);
    expect(planted.map(({ verdict, qValue }) => [verdict, qValue])).toEqual(
      Array(3).fill(['support-like', null]),
    );
    expect(stderr).toContain('clv: checks: passed where something could be checked\n');
    expect(stderr).toMatch(
      /clv: {3}negative control {2}passed: \d of \d+ items stand out in value from before/,
    );
  });

  it('prints the excess in percent with its interval, what is typical, the checks, and on demand the balance', async () => {
    const { code, stdout } = await clv('rank', ...from, '--balance');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 1 {2}\S.+ associated +\+\d+ % +\+\d+ % to \+\d+ % +\+\d+\.\d\d .* <0\.001\n/);
    expect(stdout).toMatch(/Typical is what the 39 comparable items have in common: about \d\d % of them/);
    for (const check of ['negative control', 'shuffles        ', 'split halves    ']) {
      expect(stdout).toContain(`\n  ${check}  passed: `);
    }
    expect(stdout).toMatch(/\ncontent +effective n +unmatched +reading +visits +tenure +channel\n/);
    const balance = stdout.slice(stdout.indexOf('effective n'));
    const rows = [...balance.matchAll(/(\d+) \/ (\d+) +\d+ +([+−][\d.]+) → ([+−]?[\d.]+)/g)];
    expect(rows).toHaveLength(39);
    for (const [, exposed, unexposed, before, after] of rows) {
      expect(Number(exposed) + Number(unexposed)).toBeGreaterThan(50);
      expect(Number(before!.replace('−', '-'))).toBeGreaterThan(0.4);
      expect(Math.abs(Number(after!.replace('−', '-')))).toBeLessThan(0.02);
    }
    expect(stdout).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('prints the same again', async () => {
    const [first, second] = await Promise.all([clv('rank', ...from), clv('rank', ...from)]);
    expect(second).toEqual(first);
  });
});

describe('clv rank', () => {
  it('prints a table for people', async () => {
    const args = ['--orders', orders, '--touches', touches, '--contents', contents, '--landmark', 'all'];
    const { code, stdout } = await clv('rank', ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('4 persons, 3 items; landmark all (reading and buying not divided');
    expect(stdout).toMatch(
      /content +verdict +over typical +95 % interval +difference +95 % interval +ρ +n +q\n/,
    );
    expect(stdout).toMatch(/Apples, and more +not enough data: 2 of 30 +– +– +\+62\.25/);
    expect(stdout).not.toContain('NaN');
  });

  it('says so where too few items are comparable to tell what is typical', async () => {
    const args = ['--orders', orders, '--touches', touches];
    const { stdout } = await clv('rank', ...args, '--balance');
    expect(stdout).toContain('Only 0 items are comparable, of 15 that it takes to tell what is typical');
    expect(stdout).toContain('\nchecks: cannot tell\n');
    expect(stdout).toContain('\n  shuffles          cannot tell because too few items can be compared\n');
    expect(stdout).toContain('No item has enough persons on both sides');
    const { stderr } = await rankJson(...args);
    expect(stderr).toContain('clv: checks: cannot tell\n');
  });

  it.each([
    ['no command', [], 'Usage: clv'],
    ['an unknown command', ['bogus'], "unknown command 'bogus'"],
    ['no --touches', ['rank', '--orders', 'x'], "required option '--touches <file>' not specified"],
    ['an unknown flag', ['rank', '--orders', 'x', '--touches', 'y', '--nope'], "unknown option '--nope'"],
    ['a flag without its value', ['rank', '--orders'], 'argument missing'],
    [
      'a day that does not exist',
      ['rank', '--orders', 'x', '--touches', 'y', '--landmark', '2026-02-30'],
      "argument '2026-02-30' is invalid. It must be all, first-order or an existing day",
    ],
    [
      'a rate of 1',
      ['rank', '--orders', 'x', '--touches', 'y', '--fdr', '1'],
      'must be a number between 0 and 1',
    ],
    ['an unknown value', ['rank', '--orders', 'x', '--touches', 'y', '--value', 'profit'], 'Allowed choices'],
    [
      'an unknown time zone',
      ['rank', '--orders', 'x', '--touches', 'y', '--timezone', 'Mars'],
      'must be an IANA time zone',
    ],
    [
      'a balance beside the JSON document',
      ['rank', '--orders', 'x', '--touches', 'y', '--balance', '--json'],
      "option '--balance' cannot be used with option '--json'",
    ],
    ['one argument too many', ['rank', 'x', '--orders', 'x', '--touches', 'y'], 'too many arguments'],
  ])('exits with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await clv(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  it('exits with 1, naming the file, when it cannot be read', async () => {
    const missing = await clv('rank', '--orders', files.path('nope.csv'), '--touches', touches);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('nope.csv: cannot be read: there is no such file');
    const swapped = await clv('rank', '--orders', touches, '--touches', touches, '--json');
    expect(swapped).toMatchObject({ code: 1, stdout: '' });
    expect(swapped.stderr).toContain(
      'touches.csv: the columns order_id, ordered_at, amount, currency are missing.',
    );
  });

  it('exits with 1 when the amounts are in several currencies', async () => {
    const mixed = files.file('mixed.csv', `${ORDERS}o1,c1,2026-01-10,1,USD\no2,c1,2026-01-10,1,EUR\n`);
    const { code, stderr } = await clv('rank', '--orders', mixed, '--touches', touches);
    expect(code).toBe(1);
    expect(stderr).toContain('holds several currencies (EUR, USD)');
  });

  it.each(['rank', 'simulate'])('%s explains itself with an example', async (command) => {
    const { code, stdout } = await clv(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\n {2}\\$ clv ${command} --`));
  });
});
