import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTable } from '../../../server/src/cli/fit/content-table';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { fitFile } from './fit-file';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const of = (world: string, ...names: string[]) =>
  names.flatMap((name) => [`--${name}`, files.path(`${world}/${name}.csv`)]);
const SPLIT = ['--model', 'mbg-nbd', '--split', '2025-06-30', '--end', '2025-12-30'];

describe('clv fit with touches', () => {
  const simulate = (world: string, people: string, contents: string) =>
    clv(
      'simulate',
      ...[
        '--customers',
        people,
        '--contents',
        contents,
        '--seed',
        '3',
        '--prospects',
        '0.5',
        '--reading',
        '1',
      ],
      ...['--out', files.path(world)],
    );
  beforeAll(async () => {
    expect(await simulate('world', '3000', '20')).toMatchObject({ code: 0 });
    expect(await simulate('small', '900', '8')).toMatchObject({ code: 0 });
  });

  it('measures what reading adds, for customers and prospects, on the time after the split', async () => {
    const { document } = await fitFile(...of('world', 'orders', 'touches', 'contents'), ...SPLIT);
    const { customers, prospects } = document.content;
    expect(customers.n).toBe(document.customers);
    for (const report of [customers, prospects]) {
      expect(report.with.mae / report.without.mae).toBeLessThan(1);
      for (const change of ['maeChange', 'rmseChange', 'giniChange', 'devianceChange']) {
        const { value, low, high, n } = report[change];
        expect(low < value && value < high).toBe(true);
        expect(n).toBe(report.n);
      }
      expect(report.giniChange.value).toBeCloseTo(report.with.gini - report.without.gini, 9);
      expect(report.giniChange.low).toBeGreaterThan(0);
      expect(report.signals.length + (report.buys?.signals.length ?? 0)).toBeGreaterThan(20);
    }
    expect(prospects.buyers).toBeGreaterThan(50);
    expect(prospects.buys.auc.with).toBeGreaterThan(prospects.buys.auc.without);
    const ofBuyingAlone = { customers, prospects: { ...prospects, penalty: null } };
    expect(contentTable(ofBuyingAlone)).not.toContain('found no use');
  });

  it('says it in words', async () => {
    const { stdout, stderr } = await clv('fit', ...of('world', 'orders', 'touches', 'contents'), ...SPLIT);
    expect(stderr).not.toContain('ignored');
    expect(stdout).toMatch(/with what people read and without it, on people the models had not seen/);
    expect(stdout).toMatch(/\d+ prospects, of whom \d+ bought/);
    expect(stdout).toMatch(/Gini +0\.\d+ +0\.\d+ +\+0\.\d+ +0\.\d+ to 0\.\d+/);
    expect(stdout).toContain('associated with the value');
    expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('sees no touch of the time after the split', async () => {
    const [header, ...rows] = readFileSync(files.path('small/touches.csv'), 'utf8').trim().split('\n');
    const at = header!.split(',').indexOf('occurred_at');
    const before = rows.filter((row) => row.split(',')[at]! < '2025-07-01');
    expect(before.length).toBeLessThan(rows.length);
    const cut = files.file('before.csv', `${[header, ...before].join('\n')}\n`);
    const all = await fitFile(...of('small', 'orders', 'touches', 'contents'), ...SPLIT);
    const some = await fitFile(...of('small', 'orders', 'contents'), '--touches', cut, ...SPLIT);
    expect(all.document.content.customers.n).toBeGreaterThan(200);
    expect(some.document.content).toEqual(all.document.content);
  });

  it('takes who bought at a loss for a customer and for a buyer, by margin too', async () => {
    const [header, ...rows] = readFileSync(files.path('small/orders.csv'), 'utf8').trim().split('\n');
    const cost = header!.split(',').indexOf('cost');
    const atLoss = rows.map((row, i) =>
      row
        .split(',')
        .with(cost, i % 20 === 0 ? '9999' : '0')
        .join(','),
    );
    const loss = files.file('loss.csv', `${[header, ...atLoss].join('\n')}\n`);
    const revenue = await fitFile(...of('small', 'orders', 'touches', 'contents'), ...SPLIT);
    const rest = [...of('small', 'touches', 'contents'), '--value', 'margin', ...SPLIT];
    const { document } = await fitFile('--orders', loss, ...rest);
    expect(document.content.customers.n).toBe(document.customers);
    expect(document.content.prospects.n).toBe(revenue.document.content.prospects.n);
    expect(document.content.prospects.buyers).toBe(revenue.document.content.prospects.buyers);
  });

  it('does not tell buyers by the browsers that only their order made known', async () => {
    const random = seededRandom(5);
    const day = (at: number) => new Date(Date.UTC(2025, 0, 1) + at * 86_400_000).toISOString();
    const orders = ['order_id,customer_id,ordered_at,amount,currency', 'o,old,2025-01-01,5,EUR'];
    const touches = ['touch_id,customer_id,visitor_id,content_id,kind,occurred_at'];
    const touch = (...row: string[]) => touches.push([touches.length, ...row].join(','));
    for (let person = 0; person < 500; person++) {
      const buys = person % 4 === 0;
      if (buys) orders.push(`o${person},c${person},${day(200)},${(10 + 90 * random()).toFixed(2)},EUR`);
      for (let browser = 0; browser < 3; browser++) {
        const visitor = `v${person}-${browser}`;
        for (let n = 3 * random(); n > 0; n--)
          touch('', visitor, `i${Math.floor(5 * random())}`, 'read', day(170 * random()));
        if (buys) touch(`c${person}`, visitor, 'i0', 'view', day(201));
      }
    }
    const { document, stderr } = await fitFile(
      ...['--orders', files.file('later.csv', `${orders.join('\n')}\n`)],
      ...['--touches', files.file('later-touches.csv', `${touches.join('\n')}\n`)],
      ...['--model', 'mbg-nbd', '--split', '2025-06-29', '--end', '2025-12-01'],
    );
    const { n, buyers, buys, used } = document.content.prospects;
    expect({ n, buyers, used }).toEqual({ n: 1500, buyers: 375, used: false });
    expect(buys.auc.with).toBeLessThan(0.56);
    expect(stderr).toContain('1500 visitors are linked to no customer up to the split');
  });

  it('says what there is too little of, and reads touches without contents', async () => {
    const orders = files.file(
      'few-orders.csv',
      'order_id,customer_id,ordered_at,amount,currency\no1,a,2025-01-01,10,EUR\no2,a,2025-03-01,10,EUR\no3,b,2025-01-05,10,EUR\n',
    );
    const touches = files.file(
      'few-touches.csv',
      'touch_id,customer_id,visitor_id,content_id,kind,occurred_at,seconds\nt1,a,,x,read,2025-01-01,5\nt2,,v,x,view,2025-01-02,soon\nt3,b,,y,gaze,2025-01-02,\n',
    );
    const { document, stderr } = await fitFile(
      '--orders',
      orders,
      '--touches',
      touches,
      '--model',
      'mbg-nbd',
      '--split',
      '2025-02-01',
    );
    expect(document.content).toEqual({
      customers: { notEnough: { has: 2, needs: 200, of: 'customers' } },
      prospects: { notEnough: { has: 1, needs: 200, of: 'people' } },
    });
    expect(stderr).toContain('line 4: kind must be one of view, read, download');
  });

  it('is null without touches', async () => {
    const { document } = await fitFile(...of('small', 'orders'), ...SPLIT);
    expect(document.content).toBeNull();
  });

  it.each([
    [['--touches', 'x.csv'], "'--touches <file>' needs --split"],
    [['--contents', 'x.csv', '--split', '2025-01-01'], "'--contents <file>' needs --touches"],
  ])('exits with 2 for %s', async (args, message) => {
    const { code, stderr } = await clv('fit', '--orders', 'x.csv', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
