import { afterAll, describe, expect, it } from 'vitest';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const HEADER = 'path,total_conversions,total_conversion_value,total_null\n';
const toy = files.file('toy.csv', `${HEADER}c1 > c2 > c3,1,30.50,0\nc1,0,0,1\nc2>c3,0,,1\n`);
const three = files.file(
  'three.csv',
  `${HEADER}direct,2,20,1\nsearch > email,3,30,2\nsearch > social > email,5,50,4\n`,
);

interface Credit {
  content: string;
  conversions: number;
  value: number;
  removalEffect?: number;
}

async function attributeJson(...args: string[]) {
  const { code, stdout, stderr } = await clv('attribute', '--json', ...args);
  expect(stderr.split('\n').filter((line) => line.startsWith('error'))).toEqual([]);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as { credits: Credit[]; totalConversions: number; totalValue: number };
  const conversions = Object.fromEntries(
    report.credits.map((credit) => [credit.content, credit.conversions]),
  );
  return { report, conversions, stderr };
}

const rounded = (figures: Record<string, number>) =>
  Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toFixed(9))]));

describe('clv attribute --json', () => {
  it('prints the documented keys, all of them and no others', async () => {
    const { report } = await attributeJson('--paths', three, '--model', 'linear');
    expect(Object.keys(report)).toEqual(['model', 'totalConversions', 'totalValue', 'credits']);
    expect(report).toMatchObject({ model: 'linear', totalConversions: 10, totalValue: 100 });
    for (const credit of report.credits) {
      expect(Object.keys(credit)).toEqual(['content', 'conversions', 'value']);
      expect(credit.value).toBeCloseTo(10 * credit.conversions, 9);
    }
  });

  it('adds the removal effects of a Markov chain', async () => {
    const { report } = await attributeJson('--paths', toy, '--model', 'markov');
    expect(report.credits.map(({ content }) => content)).toEqual(['c2', 'c3', 'c1']);
    for (const credit of report.credits) {
      expect(Object.keys(credit)).toEqual(['content', 'conversions', 'value', 'removalEffect']);
    }
    const [c2, c3, c1] = report.credits;
    expect([c1!.conversions, c2!.conversions, c3!.conversions]).toEqual([0.2, 0.4, 0.4]);
    expect([c1!.removalEffect, c2!.removalEffect, c3!.removalEffect]).toEqual([0.5, 1, 1]);
    expect(c1!.value).toBeCloseTo(6.1, 9);
  });

  it.each([
    ['first', { direct: 2, search: 8, social: 0, email: 0 }],
    ['last', { direct: 2, email: 8, search: 0, social: 0 }],
    ['linear', { direct: 2, search: 3.166666667, email: 3.166666667, social: 1.666666667 }],
    ['position', { direct: 2, search: 3.5, email: 3.5, social: 1 }],
  ])('credits by %s', async (model, expected) => {
    const { conversions } = await attributeJson('--paths', three, '--model', model);
    expect(rounded(conversions)).toEqual(expected);
  });

  it('halves the weight of a touch by --half-life touches', async () => {
    const path = files.file('two.csv', 'path,total_conversions\na > b,3\n');
    const at = ['--paths', path, '--model', 'time-decay'];
    const one = await attributeJson(...at, '--half-life', '1');
    expect(rounded(one.conversions)).toEqual({ a: 1, b: 2 });
    const usual = await attributeJson(...at);
    expect(usual.conversions.b! / usual.conversions.a!).toBeCloseTo(2 ** (1 / 7), 9);
  });

  it('remembers --order touches', async () => {
    const path = files.file('order.csv', 'path,total_conversions,total_null\na > b > d,1,0\nc > b > e,0,1\n');
    const effect = async (order: string) => {
      const { report } = await attributeJson('--paths', path, '--model', 'markov', '--order', order);
      return Object.fromEntries(report.credits.map((credit) => [credit.content, credit.removalEffect]));
    };
    expect(await effect('1')).toEqual({ a: 0.5, b: 1, c: 0.5, d: 1, e: 0 });
    for (const order of ['2', '3', '4'])
      expect(await effect(order)).toEqual({ a: 1, b: 1, c: 0, d: 1, e: 0 });
  });

  it('leaves paths out that did not convert with --no-nulls', async () => {
    const markov = await attributeJson('--paths', toy, '--model', 'markov', '--no-nulls');
    expect(rounded(markov.conversions)).toEqual({ c1: 0.333333333, c2: 0.333333333, c3: 0.333333333 });
    const shapley = await attributeJson('--paths', three, '--model', 'shapley', '--no-nulls');
    expect(rounded(shapley.conversions)).toEqual({
      direct: 2,
      search: 3.166666667,
      email: 3.166666667,
      social: 1.666666667,
    });
    expect(shapley.stderr).toContain('equal split over the different items of each path');
  });

  it('credits by Shapley values on rates, below zero for what lowers the rate', async () => {
    const path = files.file('rates.csv', `${HEADER}a,8,8,2\na > b,1,1,9\n`);
    const { conversions, stderr } = await attributeJson('--paths', path, '--model', 'shapley');
    expect(rounded(conversions)).toEqual({ a: 12.5, b: -3.5 });
    expect(stderr).toContain('shapley: exact');
  });

  it('says that Shapley values of many items are estimates, and how good', async () => {
    const rows = Array.from({ length: 25 }, (_, i) => `i${i} > i${(i * 7 + 3) % 25},1,10,${i % 3}\n`);
    const many = files.file('many.csv', HEADER + rows.join(''));
    const { report, stderr } = await attributeJson('--paths', many, '--model', 'shapley');
    expect(report.credits).toHaveLength(25);
    expect(report.credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(25, 8);
    for (const credit of report.credits) {
      expect(credit).toMatchObject({
        conversionsStandardError: expect.any(Number),
        valueStandardError: expect.any(Number),
      });
    }
    expect(stderr).toContain('more than 20 items, so an estimate from 1000 random orders');
  });

  it('takes missing values and nulls for 0, and columns in any order', async () => {
    const path = files.file('bare.csv', '\uFEFFTotal_Conversions,note,path\r\n4,x,"a > b"\r\n1e1,y,b\r\n');
    const { report, stderr } = await attributeJson('--paths', path, '--model', 'last');
    expect(report).toMatchObject({ totalConversions: 14, totalValue: 0 });
    expect(report.credits).toEqual([
      { content: 'b', conversions: 14, value: 0 },
      { content: 'a', conversions: 0, value: 0 },
    ]);
    expect(stderr).toContain('ignored unknown columns: note');
  });

  it('leaves bad rows out, and names the line, the column and what to do', async () => {
    const bad = files.file(
      'bad.csv',
      `${HEADER}a,1,5,0\n,1,5,0\na > > b,1,5,0\na,x,5,0\na,,5,0\na,-1,5,0\na,1,"5,00",0\na,0,5,0\na,1,5,-2\na,1\na,1,5,1e99\n`,
    );
    const { report, stderr } = await attributeJson('--paths', bad, '--model', 'first');
    expect(report).toMatchObject({ totalConversions: 1, totalValue: 5 });
    for (const problem of [
      'bad.csv, line 3: path is empty',
      'bad.csv, line 4: path has an empty step: "a > > b"; write it like a > b > c',
      'bad.csv, line 5: total_conversions is not a number: "x"; write it like 1234.5',
      'bad.csv, line 6: total_conversions is empty',
      'bad.csv, line 7: total_conversions is below 0: "-1"',
      'bad.csv, line 8: total_conversion_value is not a number: "5,00"',
      'bad.csv, line 9: total_conversion_value is 5, but total_conversions is 0; count the conversions',
      'bad.csv, line 10: total_null is below 0: "-2"',
      'bad.csv, line 11: has 2 values where the header has 4',
      'bad.csv, line 12: total_null is too large',
      '10 rows were left out',
    ]) {
      expect(stderr).toContain(problem);
    }
  });

  it.each(['markov', 'shapley', 'linear'])(
    'credits nothing by %s when nothing converted, and says so',
    async (model) => {
      const path = files.file('none.csv', `${HEADER}a > b,0,0,5\n`);
      const { report, stderr } = await attributeJson('--paths', path, '--model', model);
      expect(report).toEqual({
        model,
        totalConversions: 0,
        totalValue: 0,
        credits: [
          { content: 'a', conversions: 0, value: 0 },
          { content: 'b', conversions: 0, value: 0 },
        ],
      });
      expect(stderr).toContain('no path has a conversion: nothing to credit');
      const nobody = await attributeJson('--paths', files.file('empty.csv', HEADER), '--model', model);
      expect(nobody.report).toMatchObject({ totalConversions: 0, credits: [] });
    },
  );
});

describe('clv attribute', () => {
  it('prints a table for people', async () => {
    const { code, stdout } = await clv('attribute', '--paths', toy, '--model', 'markov');
    expect(code).toBe(0);
    expect(stdout).toContain('markov: 1.00 conversions worth 30.50, 3 items');
    expect(stdout).toMatch(/content +conversions +share +value +removal effect/);
    expect(stdout).toMatch(/c2 +0\.40 +40\.0 % +12\.20 +100\.0 %/);
    const none = await clv(
      'attribute',
      '--paths',
      files.file('no.csv', `${HEADER}a,0,0,1\n`),
      '--model',
      'first',
    );
    expect(none.stdout).toMatch(/a +0\.00 +– +0\.00/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await clv('attribute', '--help');
    expect(code).toBe(0);
    for (const said of [
      '--paths',
      '--model',
      '--order',
      '--no-nulls',
      '--half-life',
      '--json',
      'total_null',
    ]) {
      expect(stdout).toContain(said);
    }
  });

  it.each([
    ['no --paths', ['--model', 'first'], "required option '--paths <file>' not specified"],
    ['no --model', ['--paths', 'x'], "required option '--model <model>' not specified"],
    ['an unknown model', ['--paths', 'x', '--model', 'magic'], 'Allowed choices are first, last, linear'],
    ['order 5', ['--paths', 'x', '--model', 'markov', '--order', '5'], 'must be a whole number from 1 to 4'],
    [
      'a half-life of 0',
      ['--paths', 'x', '--model', 'time-decay', '--half-life', '0'],
      'must be a number above 0',
    ],
    [
      'an order for a rule',
      ['--paths', 'x', '--model', 'first', '--order', '2'],
      "'--order <k>' is for markov only",
    ],
    ['nulls for a rule', ['--paths', 'x', '--model', 'last', '--no-nulls'], 'is for markov and shapley only'],
    [
      'a half-life for markov',
      ['--paths', 'x', '--model', 'markov', '--half-life', '3'],
      'is for time-decay only',
    ],
    ['one argument too many', ['y', '--paths', 'x', '--model', 'first'], 'too many arguments'],
  ])('exits with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await clv('attribute', ...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  it('exits with 1, naming the file and the column, when it cannot be read', async () => {
    const missing = await clv('attribute', '--paths', files.path('nope.csv'), '--model', 'first');
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('nope.csv: cannot be read: there is no such file');
    const other = files.file('other.csv', 'path,conversions\na,1\n');
    const without = await clv('attribute', '--paths', other, '--model', 'first');
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toContain(
      'the column total_conversions is missing. The header has: path, conversions',
    );
  });
});
