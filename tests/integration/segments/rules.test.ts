import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SegmentRules } from '../../../server/src/activation/segments/api-types';
import { segmentQuery } from '../../../server/src/activation/segments/queries/segment-query';
import { segmentRules } from '../../../server/src/activation/segments/rules/schema';
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

    const found = async (rules: SegmentRules, among?: string[]): Promise<string[]> => {
      const scope = { currency: 'EUR', ...(among && { among }) };
      return (await segmentQuery(database.knex, RUN, rules, NOW, scope).pluck('v.person_id')).sort();
    };
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
        const among = few.map(({ id }) => id);
        expect(await found(rules, among), JSON.stringify(rules)).toEqual(wanted(rules, few));
        const [rule] = rules.rules;
        if (rule && 'field' in rule && rules.rules.length === 1 && expected.length > 0) {
          fields.set(rule.field, (fields.get(rule.field) ?? 0) + 1);
        }
      }
      expect(fields.size, 'most fields were seen to fit somebody').toBeGreaterThan(12);
    });
  });
}
