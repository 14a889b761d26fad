import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isDue, lockEveryone, markNext, readEveryone } from '../../../server/src/activation/changes/everyone';
import { handlePersons, marksAfter } from '../../../server/src/activation/changes/handle';
import type { SegmentRules } from '../../../server/src/activation/segments/api-types';
import { insertSegment } from '../../../server/src/activation/segments/manage';
import { computeMembers } from '../../../server/src/activation/segments/members/compute';
import { followPersons } from '../../../server/src/activation/segments/members/follow';
import { segmentsOf } from '../../../server/src/activation/segments/members/memberships';
import { nextMembers } from '../../../server/src/activation/segments/members/walk';
import { listSegments } from '../../../server/src/activation/segments/store';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import { atomically } from '../../../server/src/identity/atomically';
import { noteForActivation } from '../../../server/src/storage/person-changes';
import { PLAIN_DATABASES, type PlainDatabase } from '../../support/plain-database';

// Real databases on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const RUN = { id: 'run-1', currency: 'EUR' };
const PERSONS = Array.from({ length: 450 }, (_, n) => `person-${String(n).padStart(3, '0')}`);
const [ONE, TWO, THREE] = PERSONS as [string, string, string];
const RICH: SegmentRules = { match: 'all', rules: [{ field: 'total', min: 100 }] };
const input = { membership: 'live' as const, rules: RICH, public: false, toCrm: false };

for (const { name, open } of PLAIN_DATABASES) {
  describe(`changed persons on ${name}`, () => {
    let database: PlainDatabase;
    let knex: Knex;
    let segmentId: string;

    beforeAll(async () => {
      database = await open();
      knex = database.knex;
      await knex('clv_value_runs').insert({
        id: RUN.id,
        job_id: 'job',
        created_at: 1,
        published_at: 1,
        shape: RUN_SHAPE,
        summary: JSON.stringify(RUN),
        engine: '{}',
      });
    });
    afterAll(() => database?.stop());
    beforeEach(async () => {
      for (const table of [
        'clv_persons',
        'clv_person_values',
        'clv_segments',
        'clv_segment_members',
        'clv_activation_changes',
        'clv_settings',
      ]) {
        await knex(table).delete();
      }
      const persons = PERSONS.map((id) => ({ id, canonical_id: id, created_at: 0 }));
      await knex.batchInsert('clv_persons', persons, 100);
      const values = PERSONS.map((person_id, n) => ({
        run_id: RUN.id,
        person_id,
        kind: 'customer',
        orders: 1,
        revenue: 0,
        historical: 0,
        total: n % 2 === 0 ? 20_000 : 0,
        stage: 'active',
        updated_at: 1,
      }));
      await knex.batchInsert('clv_person_values', values, 50);
      segmentId = await insertSegment(knex, { ...input, name: 'Rich' });
      await readEveryone(knex);
    });

    const mark = (...persons: string[]) => atomically(knex, (trx) => noteForActivation(trx, persons));
    const marked = async () => (await marksAfter(knex, '', 1_000)).map(({ person_id }) => person_id);
    const membersOf = async () => (await nextMembers(knex, segmentId, '', 1_000)).members;
    const worth = (personId: string, total: number) =>
      knex('clv_person_values').where({ person_id: personId }).update({ total });
    const follow = async (trx: Knex.Transaction, persons: string[], now: number) =>
      followPersons(trx, await listSegments(trx), persons, RUN, now);

    test('are handled in the order of registration, and their marks go', async () => {
      await mark(TWO, ONE);
      const calls: [string, string[]][] = [];
      const handlers = ['first', 'second'].map((who) => async (_: unknown, persons: string[]) => {
        calls.push([who, persons]);
      });
      expect(await handlePersons(knex, handlers, [ONE, TWO, THREE])).toBe(true);
      expect(calls).toEqual([
        ['first', [ONE, TWO]],
        ['second', [ONE, TWO]],
      ]);
      expect(await marked()).toEqual([]);
      // Whom another node has handled meanwhile.
      await handlePersons(knex, handlers, [ONE, TWO]);
      expect(calls).toHaveLength(2);
    });

    test('keep their marks, and nothing is written, when the work breaks off', async () => {
      await mark(ONE);
      const breaksOff = async () => {
        throw new Error('the machine is lost');
      };
      await expect(handlePersons(knex, [follow, breaksOff], [ONE])).rejects.toThrow('the machine is lost');
      expect(await marked()).toEqual([ONE]);
      expect(await membersOf()).toEqual([]);
      await handlePersons(knex, [follow], [ONE]);
      expect(await marked()).toEqual([]);
      expect(await membersOf()).toHaveLength(1);
    });

    test('who change once more meanwhile stay marked', async () => {
      await mark(ONE, TWO);
      await handlePersons(knex, [(trx) => noteForActivation(trx, [TWO])], [ONE, TWO]);
      expect(await marked()).toEqual([TWO]);
    });

    if (name !== 'SQLite') {
      test('are left to the node that is at work', async () => {
        await mark(ONE);
        await atomically(knex, async (trx) => {
          expect(await lockEveryone(trx)).not.toBeNull();
          expect(await handlePersons(knex, [follow], [ONE])).toBe(false);
        });
        expect(await marked()).toEqual([ONE]);
        expect(await handlePersons(knex, [follow], [ONE])).toBe(true);
      });
    }

    test('are everyone after a run and after a day; marking goes on where it was broken off', async () => {
      const state = await readEveryone(knex);
      const now = Date.now();
      expect(isDue(state, null, now), 'before the first run').toBe(false);
      expect(isDue(state, 'run-1', now)).toBe(true);
      const step = () =>
        atomically(knex, async (trx) => markNext(trx, (await lockEveryone(trx))!, 'run-1', now));
      await step();
      const part = await marked();
      expect(part.length).toBeGreaterThan(0);
      expect(part.length).toBeLessThan(PERSONS.length);
      let steps = 1;
      for (; (await readEveryone(knex)).after !== null; steps++) await step();
      expect(await marked()).toEqual(PERSONS);
      expect(steps).toBeGreaterThan(2);
      const done = await readEveryone(knex);
      expect(isDue(done, 'run-1', now + 1)).toBe(false);
      expect(isDue(done, 'run-2', now + 1)).toBe(true);
      expect(isDue(done, 'run-1', now + 86_400_000)).toBe(true);
    });

    test('are not marked while nothing goes by them', async () => {
      await knex('clv_segments').update({ membership: 'static' });
      await mark(ONE);
      expect(await marked()).toEqual([]);
    });

    test('join and leave live segments, and stay since when they joined', async () => {
      expect(await computeMembers(knex, segmentId)).toBe(true);
      const before = await membersOf();
      expect(before).toHaveLength(PERSONS.length / 2);
      expect((await listSegments(knex))[0]!.computedAt).not.toBeNull();
      await worth(ONE, 0);
      await worth(TWO, 10_000);
      await knex.transaction((trx) => follow(trx, [ONE, TWO, THREE], 5_000));
      const after = new Map((await membersOf()).map(({ personId, since }) => [personId, since]));
      expect(after.has(ONE)).toBe(false);
      expect(after.get(TWO)).toBe(5_000);
      expect(after.get(THREE)).toBe(before.find(({ personId }) => personId === THREE)!.since);
    });

    test('who turn out to be one person are one member, and leave together', async () => {
      await computeMembers(knex, segmentId);
      const before = (await membersOf()).length;
      await knex('clv_persons').where({ id: THREE }).update({ canonical_id: ONE });
      await knex('clv_person_values').where({ person_id: THREE }).delete();
      const told: string[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const { members, next } = await nextMembers(knex, segmentId, after, 7);
        told.push(...members.map(({ personId }) => personId));
        after = next;
      }
      expect(told).toHaveLength(before - 1);
      expect(new Set(told).size).toBe(told.length);
      expect((await segmentsOf(knex, ONE)).map(({ id }) => id)).toEqual([segmentId]);
      expect(await segmentsOf(knex, TWO)).toEqual([]);
      await worth(ONE, 0);
      await knex.transaction((trx) => follow(trx, [ONE], 1));
      expect(await segmentsOf(knex, ONE)).toEqual([]);
      expect(await knex('clv_segment_members').whereIn('person_id', [ONE, THREE])).toEqual([]);
    });

    test('are looked at part by part, whoever was merged into another no more', async () => {
      await knex('clv_persons').where({ id: THREE }).update({ canonical_id: ONE });
      expect(await computeMembers(knex, segmentId, 70)).toBe(true);
      const rich = PERSONS.filter((id, n) => n % 2 === 0 && id !== THREE);
      expect((await membersOf()).map(({ personId }) => personId)).toEqual(rich);
      expect(await knex('clv_segment_members').where({ person_id: THREE })).toEqual([]);
    });

    test('are looked at by the rules of now, whoever still goes by those of before', async () => {
      const looking = computeMembers(knex, segmentId, 100);
      await knex('clv_segments').update({
        rules: JSON.stringify({ match: 'all', rules: [{ field: 'total', max: 1 }] }),
      });
      await looking;
      expect(await computeMembers(knex, segmentId)).toBe(true);
      const poor = PERSONS.filter((_, n) => n % 2 === 1);
      expect((await membersOf()).map(({ personId }) => personId)).toEqual(poor);
    });
  });
}
