import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Trigger, TriggerList } from '../../../server/src/activation/triggers/api-types';
import { pruneMessages } from '../../../server/src/activation/triggers/store/prune';
import type { IdentityService } from '../../../server/src/identity/service';
import { noteForActivation } from '../../../server/src/storage/person-changes';
import { DATABASES } from '../../support/databases';
import { openTriggersWorld, type TriggersWorld, triggerInput } from '../../support/triggers-world';
import { customerKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const TIERS = ['platinum', 'gold', 'silver', 'bronze'];
const VISITOR = (personId: string) => `visitor-of-${personId}`;

for (const { name, start, missing } of DATABASES) {
  if (missing !== null) continue;
  describe(`crossings on ${name}`, () => {
    let world: TriggersWorld;
    beforeAll(async () => {
      world = await openTriggersWorld(await start());
    });
    afterAll(() => world?.stop());

    /** The tier of everyone, as the latest run and what came since have it. */
    async function tiers(): Promise<Map<string, string | null>> {
      const { id } = await world.knex('clv_value_runs').orderBy('published_at', 'desc').first('id');
      const rows = await world.knex('clv_person_values').where({ run_id: id }).select('person_id', 'tier');
      return new Map(rows.map((row) => [row.person_id, row.tier]));
    }
    /** Customers of a tier, so many that no other test has used. */
    const used = new Set<string>();
    async function some(count: number, where: (tier: string | null) => boolean): Promise<string[]> {
      const found = [...(await tiers())]
        .filter(([id, tier]) => !used.has(id) && where(tier))
        .map(([id]) => id);
      const chosen = found.slice(0, count);
      expect(chosen).toHaveLength(count);
      for (const id of chosen) used.add(id);
      return chosen;
    }
    const remove = ({ id }: Trigger) => world.call(world.app, `/triggers/${id}`, 'DELETE');
    const told = async ({ id }: Trigger) =>
      (await world.messages(id))
        .map(({ personId, message: { change } }) => [personId, change.from, change.to])
        .sort();

    test('orders, and a run that values everyone, tell of each change of tier once and of nothing else', async () => {
      const up = await world.trigger({ kind: 'tier-up' });
      const down = await world.trigger({ kind: 'tier-down', settings: { tiers: ['bronze'] } });
      expect(await told(up), 'where somebody is at first is no news').toEqual([]);

      const before = await tiers();
      const buyers = [...before].filter(([, tier]) => tier === 'bronze' || tier === 'silver').slice(0, 12);
      await world.orders(
        buyers.map(([id], n) => ({
          order_id: `large-${n}`,
          customer_id: customerKey(Number(id.slice(-6))),
          ordered_at: new Date().toISOString(),
          amount: 2_000,
        })),
      );
      const between = await tiers();
      const changes = (from: Map<string, string | null>, to: Map<string, string | null>, sign: number) =>
        [...to].flatMap(([id, tier]) => {
          const [was, is] = [TIERS.indexOf(from.get(id) ?? ''), TIERS.indexOf(tier ?? '')];
          return was >= 0 && is >= 0 && (was - is) * sign > 0 ? [[id, TIERS[was], TIERS[is]]] : [];
        });
      const first = changes(before, between, 1).sort();
      expect(first.length).toBeGreaterThan(5);
      expect(await told(up)).toEqual(first);

      // Limits are quantiles: whoever was overtaken by these falls.
      await world.value();
      const after = await tiers();
      expect(await told(up)).toEqual([...first, ...changes(between, after, 1)].sort());
      const fallen = changes(between, after, -1).filter(([, , to]) => to === 'bronze');
      expect(fallen.length).toBeGreaterThan(0);
      expect(await told(down)).toEqual(fallen.sort());

      // Looking again, at everyone, finds nothing new.
      await noteForActivation(world.knex, [...after.keys()]);
      await world.settle();
      expect(await told(down)).toEqual(fallen.sort());
      await remove(up);
      await remove(down);
    });

    test('a risk that trembles at its threshold crosses once, until it has fallen well below it', async () => {
      const persons = await some(2, (tier) => tier === 'gold' || tier === 'silver' || tier === 'bronze');
      await world.set(persons, { p_alive: 0.9, kind: 'customer' });
      const trigger = await world.trigger({ kind: 'churn-risk' });
      const [id, other] = persons;
      const count = async () =>
        (await world.messages(trigger.id)).filter(({ personId }) => personId === id).length;
      for (const [pAlive, messages] of [
        [0.51, 0],
        [0.49, 1],
        [0.52, 1],
        [0.48, 1],
        [0.59, 1],
        [0.45, 1],
        [0.61, 1],
        [0.4, 2],
      ] as const) {
        await world.set([id!], { p_alive: pAlive });
        expect(await count(), `at ${pAlive}`).toBe(messages);
      }
      expect((await world.messages(trigger.id)).map(({ personId }) => personId)).not.toContain(other);
      await remove(trigger);
    });

    test('a changed trigger looks at everyone again without a message, and one that was off does', async () => {
      const [id] = await some(1, (tier) => tier !== null);
      await world.set([id!], { p_alive: 0.65, kind: 'customer' });
      const trigger = await world.trigger({ kind: 'churn-risk' });
      const change = async (input: object) => {
        const whole = triggerInput({ kind: 'churn-risk', ...input });
        const { status, body } = await world.call(world.app, `/triggers/${trigger.id}`, 'PUT', whole);
        expect(status, JSON.stringify(body)).toBe(200);
        await world.settle();
      };
      await change({ settings: { threshold: 0.3 } });
      await change({ enabled: false });
      await world.set([id!], { p_alive: 0.95 });
      await world.set([id!], { p_alive: 0.1 });
      await change({ enabled: true });
      expect((await world.messages(trigger.id)).filter(({ personId }) => personId === id)).toEqual([]);
      await world.set([id!], { p_alive: 0.95 });
      await world.set([id!], { p_alive: 0.1 });
      expect((await world.messages(trigger.id)).filter(({ personId }) => personId === id)).toHaveLength(1);
      await remove(trigger);
    });

    test('nobody is told of persons who deny it, are not of the segment or had a message lately, and each is counted', async () => {
      const [plain, denies, outside] = await some(3, (tier) => tier !== null);
      const everyone = [plain!, denies!, outside!];
      await world.set(everyone, { p_alive: 0.9, kind: 'customer' });
      const now = Date.now();
      // Of its own at each try.
      const segmentId = `segment-${used.size}`;
      await world.knex('clv_segments').insert({
        id: segmentId,
        slug: segmentId,
        name: 'Those',
        description: '',
        membership: 'static',
        rules: JSON.stringify({ match: 'all', rules: [] }),
        public: false,
        to_crm: false,
        computed_at: now,
        created_at: now,
        updated_at: now,
      });
      await world
        .knex('clv_segment_members')
        .insert([plain!, denies!].map((person_id) => ({ segment_id: segmentId, person_id, since: now })));
      await world.knex('clv_visitors').insert({
        visitor_key: VISITOR(denies!),
        consent: 'denied',
        consent_at: now,
        consent_source: 'test',
      });
      const trigger = await world.trigger({ kind: 'churn-risk', segmentId, cooldownHours: 24 });
      await world.set(everyone, { p_alive: 0.2 });
      expect((await world.messages(trigger.id)).map(({ personId }) => personId)).toEqual([plain]);
      await world.set([plain!], { p_alive: 0.9 });
      await world.set([plain!], { p_alive: 0.2 });
      const list = (await world.call(world.app, '/triggers')).body as TriggerList;
      expect(list.triggers.find(({ id }) => id === trigger.id)).toMatchObject({
        recent: { treated: 1, holdout: 0 },
        skipped: { consent: 1, segment: 1, cooldown: 1 },
      });

      // Who was put in the segment under an id that they had before is in it.
      const [former] = await some(1, (tier) => tier !== null);
      await world
        .knex('clv_segment_members')
        .insert({ segment_id: segmentId, person_id: former!, since: now });
      await world.knex('clv_persons').where({ id: former! }).update({ canonical_id: outside! });
      await world.set([outside!], { p_alive: 0.9 });
      await world.set([outside!], { p_alive: 0.2 });
      expect((await world.messages(trigger.id)).map(({ personId }) => personId)).toEqual([plain, outside]);
      await world.knex('clv_persons').where({ id: former! }).update({ canonical_id: former! });

      await remove(trigger);
      await world.knex('clv_segment_members').where({ segment_id: segmentId }).delete();
      await world.knex('clv_segments').where({ id: segmentId }).delete();
    });

    test('those who are held out are logged, and nothing is sent of them; they stay held out', async () => {
      const persons = await some(40, (tier) => tier !== null);
      await world.set(persons, { p_alive: 0.9, kind: 'customer' });
      const trigger = await world.trigger({ kind: 'churn-risk', holdout: 0.5 });
      expect(trigger.experimentId).not.toBeNull();
      const cross = async () => {
        await world.set(persons, { p_alive: 0.9 });
        await world.set(persons, { p_alive: 0.2 });
      };
      await cross();
      const first = await world.messages(trigger.id);
      expect(first.map(({ personId }) => personId).sort()).toEqual([...persons].sort());
      const held = first.filter(({ arm }) => arm === 'holdout');
      // 40 persons, a half: within four standard deviations.
      expect(held.length).toBeGreaterThan(7);
      expect(held.length).toBeLessThan(33);
      const sent: string[] = await world
        .knex('clv_deliveries')
        .whereIn(
          'message_id',
          first.map(({ id }) => id),
        )
        .pluck('message_id');
      expect(sent.sort()).toEqual(
        first
          .filter(({ arm }) => arm !== 'holdout')
          .map(({ id }) => id)
          .sort(),
      );
      const met = await world.knex('clv_assignments').where({ experiment_id: trigger.experimentId });
      expect(new Map(met.map((row) => [row.unit_id, row.arm]))).toEqual(
        new Map(first.map(({ personId, arm }) => [personId, arm])),
      );

      await cross();
      const again = (await world.messages(trigger.id)).slice(first.length);
      const armOf = new Map(first.map(({ personId, arm }) => [personId, arm]));
      expect(again).toHaveLength(persons.length);
      for (const { personId, arm } of again) expect(arm).toBe(armOf.get(personId));
      await remove(trigger);
    });

    test('messages go after 90 days, and what waits still when retention ends', async () => {
      const DAY = 86_400_000;
      const now = Date.now();
      const trigger = await world.trigger({ kind: 'churn-risk' });
      const destination = `webhook:${trigger.id.slice(-20)}`;
      // Of their own at each try.
      const idOf = (name: string) => `${name}-${trigger.id.slice(-20)}`;
      const message = async (name: string, days: number, state: string) => {
        const id = idOf(name);
        const [created_at, subject] = [now - days * DAY, ''];
        const stored = { id, trigger_id: trigger.id, person_id: 'p', arm: 'treated', payload: '{}' };
        await world.knex('clv_messages').insert({ ...stored, subject, created_at });
        const delivery = { message_id: id, destination, state, attempts: 1 };
        await world.knex('clv_deliveries').insert({ ...delivery, next_at: now, updated_at: now });
      };
      await message('late-sent', 91, 'sent');
      await message('late-waiting', 91, 'waiting');
      await message('expired-waiting', 401, 'waiting');
      await message('recent-sent', 89, 'sent');
      const prune = (retentionDays: number | false) =>
        pruneMessages(world.knex, { privacy: { retentionDays } }, now);
      const left = async () => {
        const of: string[] = await world.knex('clv_deliveries').where({ destination }).pluck('message_id');
        expect((await world.messages(trigger.id)).map(({ id }) => id).sort()).toEqual(of.sort());
        return of;
      };
      expect(await prune(false)).toBe(1);
      expect(await left()).toEqual(['expired-waiting', 'late-waiting', 'recent-sent'].map(idOf));
      expect(await prune(400)).toBe(1);
      expect(await left()).toEqual(['late-waiting', 'recent-sent'].map(idOf));
      expect(await prune(60)).toBe(2);
      expect(await left()).toEqual([]);
      await remove(trigger);
    });

    test('somebody new stands on the near side, and a merge does not tell again what was told of either', async () => {
      const [into] = await some(1, (tier) => tier !== null);
      await world.set([into!], { p_alive: 0.9, kind: 'customer' });
      const promising = await world.trigger({ kind: 'promising' });
      const risk = await world.trigger({ kind: 'churn-risk' });
      const identity = world.service<IdentityService>('identity');
      const { personId } = await identity.identify({ userId: `new-on-${name}`, source: 'test' });
      if (personId === null) throw new Error('nobody was identified');
      await world.settle();
      const run = await world.knex('clv_value_runs').orderBy('published_at', 'desc').first('id');
      await world.knex('clv_person_values').where({ person_id: personId }).delete();
      await world.knex('clv_person_values').insert({
        ...(await world.knex('clv_person_values').where({ run_id: run.id }).first()),
        person_id: personId,
        kind: 'prospect',
        buy_probability: 0.6,
        tier: null,
        p_alive: null,
      });
      await noteForActivation(world.knex, [personId]);
      await world.settle();
      expect((await world.messages(promising.id)).map((one) => one.personId)).toEqual([personId]);

      await world.set([personId], { kind: 'customer', p_alive: 0.1 });
      expect((await world.messages(risk.id)).map((one) => one.personId)).toEqual([personId]);
      await world.knex('clv_persons').where({ id: personId }).update({ canonical_id: into });
      await world.knex('clv_person_values').where({ person_id: personId }).delete();
      await world.set([into!], { p_alive: 0.1 });
      expect((await world.messages(risk.id)).map((one) => one.personId)).toEqual([personId]);
      expect(await world.knex('clv_trigger_states').where({ person_id: personId })).toEqual([]);
      await remove(promising);
      await remove(risk);
    });
  });
}
