import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ChangesService } from '../../../server/src/activation/changes/service';
import type { SegmentInput } from '../../../server/src/activation/segments/api-types';
import type { SegmentsService } from '../../../server/src/activation/segments/service';
import { INSIGHT_FIELDS } from '../../../server/src/crm/insight-fields';
import { CUSTOMERS, ledgerId, openPushWorld, type PushWorld } from '../../support/crm/push-world';
import { DATABASES } from '../../support/databases';
import { personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let world: PushWorld;
beforeAll(async () => {
  world = await openPushWorld(await DATABASES[0]!.start(), { persons: 100 });
});
afterAll(() => world?.stop());

const input: SegmentInput = {
  name: 'Of value',
  membership: 'live',
  rules: { match: 'all', rules: [{ field: 'kind', is: ['customer'] }] },
  public: false,
  toCrm: true,
};
const told = (n: number) => world.ledger.values.get(ledgerId(n));
const tick = (fields: string[]) =>
  world.knex('clv_connections').update({ push: JSON.stringify({ enabled: true, fields, noteKinds: [] }) });
const all = INSIGHT_FIELDS.map(({ name }) => name);
const segments = () => world.service<SegmentsService>('segments');

test('a connection that does not ask for segments gets no such field, until it does', async () => {
  await tick(all.filter((name) => name !== 'segments'));
  await world.push();
  expect(told(1)).not.toHaveProperty('segments');
  expect(world.ledger.prepared).toBe(1);
  await segments().create(input);
  expect((await world.push()).seen, 'nothing that it is told of changed').toBe(0);

  await tick(all);
  await world.push();
  expect(world.ledger.prepared, 'the new field is made').toBe(2);
  for (const n of CUSTOMERS) expect(told(n)).toMatchObject({ segments: 'Of value' });
  expect(await world.push()).toMatchObject({ seen: 0 });
});

test('who joins or leaves is told again, the names in their order', async () => {
  const { segment } = await segments().create({
    ...input,
    name: 'Big',
    rules: { match: 'all', rules: [{ field: 'total', min: 1_000_000 }] },
  });
  expect(await world.push()).toMatchObject({ updated: 0 });
  const change = async (total: number) => {
    await world
      .knex('clv_person_values')
      .where({ person_id: personKey(1) })
      .update({ total });
    const changes = world.service<ChangesService>('changes');
    await changes.markEveryone();
    await changes.settle();
  };
  await change(100_000_000);
  expect(await world.push()).toMatchObject({ updated: 1 });
  expect(told(1)).toMatchObject({ segments: 'Big; Of value' });
  await change(0);
  await world.push();
  expect(told(1)).toMatchObject({ segments: 'Of value' });
  await segments().remove(segment.id);
});

test('another name is told; one that is told no more, and a field that is ticked no more, are emptied', async () => {
  const { segments: kept } = await segments().list();
  await segments().update(kept[0]!.id, { ...input, name: 'Renamed' });
  await world.push();
  expect(told(2)).toMatchObject({ segments: 'Renamed' });
  await segments().update(kept[0]!.id, { ...input, toCrm: false });
  await world.push();
  expect(told(2)).toMatchObject({ segments: null });
  await segments().update(kept[0]!.id, input);
  await world.push();
  await tick(all.filter((name) => name !== 'segments'));
  await world.push();
  expect(told(2)).toMatchObject({ segments: null });
});
