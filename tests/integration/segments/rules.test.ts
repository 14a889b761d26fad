import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SegmentRules } from '../../../server/src/activation/segments/api-types';
import { latestFigures } from '../../../server/src/activation/segments/queries/figures';
import { fittingRows } from '../../../server/src/activation/segments/queries/segment-query';
import { segmentRules } from '../../../server/src/activation/segments/rules/schema';
import { EVERYONE, type PersonRange } from '../../../server/src/clv/queries/person-range';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { PLAIN_DATABASES, type PlainDatabase } from '../../support/plain-database';
import {
  clearSegmentWorld,
  fits,
  insertSegmentWorld,
  NOW,
  type PlainPerson,
  RUN,
  randomRules,
  randomTree,
} from '../../support/segment-world';

// Real databases on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

for (const { name, open } of PLAIN_DATABASES) {
  describe(`who fits rules, on ${name}`, () => {
    let database: PlainDatabase;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database?.stop());

    const rowsOf = (rules: SegmentRules, among: PersonRange) =>
      fittingRows(database.knex, RUN, rules, { now: NOW, currency: 'EUR', among });
    const found = async (rules: SegmentRules, among: PersonRange = EVERYONE): Promise<string[]> =>
      (await rowsOf(rules, among).pluck('v.person_id')).sort();
    const wanted = (rules: SegmentRules, persons: PlainPerson[]) =>
      persons
        .filter((person) => fits(rules, person))
        .map(({ id }) => id)
        .sort();

    test.each([1, 2, 3])('is what a plain look at each person tells, in world %i', async (seed) => {
      const random = seededRandom(seed);
      await clearSegmentWorld(database.knex);
      const persons = await insertSegmentWorld(database.knex, random);
      const single = Array.from({ length: 3 }, () => randomRules(random)).flat();
      const questions: SegmentRules[] = [
        { match: 'any', rules: [] },
        ...single.map((rule): SegmentRules => ({ match: 'all', rules: [rule] })),
        ...Array.from({ length: 30 }, () => randomTree(random)),
      ];
      const fields = new Map<string, number>();
      for (const rules of questions) {
        expect(segmentRules.safeParse(rules).error, JSON.stringify(rules)).toBeUndefined();
        const expected = wanted(rules, persons);
        expect(await found(rules), JSON.stringify(rules)).toEqual(expected);
        const few = persons.filter(() => random() < 0.2);
        const among = { persons: few.map(({ id }) => id) };
        expect(await found(rules, among), JSON.stringify(rules)).toEqual(wanted(rules, few));
        const from = Math.floor(random() * persons.length);
        const range = { after: persons[from]!.id, upTo: persons[from + 20]?.id ?? null };
        const inRange = persons.slice(from + 1, from + 21);
        expect(await found(rules, range), JSON.stringify(rules)).toEqual(wanted(rules, inRange));
        const [rule] = rules.rules;
        if (rule && 'field' in rule && rules.rules.length === 1 && expected.length > 0) {
          fields.set(rule.field, (fields.get(rule.field) ?? 0) + 1);
        }
      }
      expect(fields.size, 'most fields were seen to fit somebody').toBeGreaterThan(12);
    });

    test('are counted in pieces, each of them once, until nobody waits for it', async () => {
      const random = seededRandom(4);
      const { knex } = database;
      await clearSegmentWorld(knex);
      await knex('clv_value_runs').delete();
      const persons = await insertSegmentWorld(knex, random);
      const rules: SegmentRules = { match: 'any', rules: randomRules(random).slice(-4) };
      const rowsOfRun = (_: unknown, among: PersonRange) => rowsOf(rules, among);
      expect(await latestFigures(knex, rowsOfRun), 'before the first run').toBeNull();
      await knex('clv_value_runs').insert({
        id: RUN,
        job_id: 'job',
        created_at: 1,
        published_at: 1,
        shape: RUN_SHAPE,
        summary: JSON.stringify({ id: RUN, currency: 'EUR' }),
        engine: '{}',
      });
      const them = persons.filter((person) => fits(rules, person));
      expect(them.length).toBeGreaterThan(5);
      const sumOf = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
      const predicted = them.flatMap((person) => person.predicted ?? []);
      const figures = await latestFigures(knex, rowsOfRun, { atOnce: 7 });
      expect(figures).toMatchObject({
        members: them.length,
        population: persons.length,
        customers: them.filter(({ kind }) => kind === 'customer').length,
        predicted: { sum: sumOf(predicted) / 100, n: predicted.length },
        total: { sum: sumOf(them.map(({ total }) => total)) / 100 },
      });
      expect(await latestFigures(knex, rowsOfRun), 'in one piece').toEqual(figures);
      let pieces = 0;
      const isWanted = () => ++pieces < 3;
      expect(await latestFigures(knex, rowsOfRun, { atOnce: 7, isWanted })).toBeNull();
      expect(pieces).toBe(3);
    });

    const names = (n: number) => Array.from({ length: n }, (_, i) => `name-${i}`);
    test.each([
      ['a score between two whole numbers', [{ field: 'nps', min: 7.5, max: 9.5 }]],
      ['the most orders', [{ field: 'orders', max: 1e9 }]],
      ['the largest amount', [{ field: 'total', min: -1e12, max: 1e12 }]],
      ['what is no key of an item', [{ field: 'content', did: true, contents: ['abc', "'/\\", '////'] }]],
      ['the most rules', Array(50).fill({ field: 'company', is: names(40) })],
      ['the most rules about reading', Array(50).fill({ field: 'content', did: true, topics: names(40) })],
    ])('are answered with %s, for as many persons as are asked about at once', async (_, rules) => {
      const parsed = segmentRules.parse({ match: 'all', rules });
      await found(parsed, { persons: names(200) });
      await found(parsed);
    });
  });
}

test('rules that no database could answer are refused', () => {
  const refused = (...rules: object[]) => segmentRules.safeParse({ match: 'all', rules }).success === false;
  const group = { match: 'any', rules: Array(26).fill({ field: 'kind', is: ['customer'] }) };
  expect(refused(group, group)).toBe(true);
  expect(refused(group)).toBe(false);
  const named = Array(11).fill({
    field: 'company',
    is: Array.from({ length: 200 }, (_, i) => `company-${i}`),
  });
  expect(refused(...named)).toBe(true);
  expect(refused(...named.slice(1))).toBe(false);
  expect(refused({ field: 'orders', min: 3e9 })).toBe(true);
  expect(refused({ field: 'total', max: 1e300 })).toBe(true);
});
