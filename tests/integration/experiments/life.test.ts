import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type {
  Experiment,
  ExperimentDesign,
  ExperimentDetail,
  ExperimentList,
  SampleSize,
} from '../../../server/src/activation/experiments/api-types';
import type { ExperimentsService } from '../../../server/src/activation/experiments/service';
import { armOf } from '../../../server/src/activation/models/experiments/arms';
import { adminToken, editorToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { knexIn } from '../tracking/support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const PERSONS = 900;
const FOREVER = Number.MAX_SAFE_INTEGER;
const nobody = new Set<string>();
const config = {
  prediction: { schedule: false },
  ranking: { schedule: false, refresh: false, value: 'revenue' },
  activation: { holdout: 0.4 },
};

let app: TestStrapi;
let token: string;
let reader: string;
const { call, jobWhen } = adminCalls(() => token);
const asReader = adminCalls(() => reader);
const serviceOf = (): ExperimentsService => app.strapi.plugin('clv').service('experiments');
const personId = (n: number) => `person-${String(n).padStart(4, '0')}`;

beforeAll(async () => {
  app = await startStrapi({ config });
  token = await adminToken(app.strapi, app.url);
  reader = await editorToken(app.strapi, app.url, ['plugin::clv.activation.read']);
  const persons = Array.from({ length: PERSONS }, (_, n) => n);
  await knexIn(app).batchInsert(
    'clv_persons',
    persons.map((n) => ({ id: personId(n), canonical_id: personId(n), created_at: 1 })),
    100,
  );
  await knexIn(app).batchInsert(
    'clv_identities',
    persons.map((n) => ({
      id: `identity-${n}`,
      person_id: personId(n),
      namespace: 'customer',
      value: `customer-${n}`,
      source: 'test',
      linked_at: 1,
    })),
    100,
  );
});
afterAll(() => app.stop());

const design: ExperimentDesign = {
  holdout: 0.2,
  variants: [
    { arm: 'by-value', strategy: 'recommended', weight: 1 },
    { arm: 'by-reach', strategy: 'popular', weight: 1 },
  ],
  segmentId: null,
  horizon: 'fixed',
  days: 28,
  alpha: 0.05,
};
const input = { name: 'Two ideas', surface: 'recommendations', design };

async function running(): Promise<Experiment> {
  const { body } = await call(app, '/experiments');
  const list = body as ExperimentList;
  return list.experiments.find(({ experiment }) => experiment.state === 'running')!.experiment;
}

test('recommendations are measured from the first boot, with the holdout of the settings', async () => {
  expect(await running()).toMatchObject({
    surface: 'recommendations',
    about: null,
    design: { holdout: 0.4, horizon: 'sequential', variants: [{ strategy: 'recommended' }] },
  });
  expect(serviceOf().running('recommendations')?.design.holdout).toBe(0.4);
  expect(serviceOf().running('trigger:none')).toBeNull();
});

test('somebody keeps the arm that their browser met first, on every browser that becomes theirs', async () => {
  const service = serviceOf();
  const experiment = service.running('recommendations')!;
  // A person whom the hash would put elsewhere than their browser.
  const person = personId(0);
  const other = Array.from({ length: 50 }, (_, i) => `browser-${i}`).find(
    (key) => armOf(experiment, key) !== armOf(experiment, person),
  )!;
  const met = service.assign(experiment, { personId: null, visitorKey: other }, [], nobody)!;
  expect(met.arm).toBe(armOf(experiment, other));
  // Identified at once, before anything was written.
  expect(service.assign(experiment, { personId: person, visitorKey: other }, [], nobody)).toEqual(met);
  await service.flush();
  await knexIn(app)('clv_visitor_links').insert({
    id: 'link',
    visitor_key: other,
    person_id: person,
    valid_from: 0,
    valid_to: FOREVER,
    source: 'test',
    linked_at: Date.now(),
  });
  const known = await service.assignmentsOf(knexIn(app), person, ['another-browser']);
  expect(known.map(({ unitKind }) => unitKind).sort()).toEqual(['person', 'visitor']);
  const again = service.assign(
    experiment,
    { personId: person, visitorKey: 'another-browser' },
    known,
    nobody,
  );
  expect(again).toEqual(met);
  const rows = await knexIn(app)('clv_assignments').whereIn('unit_id', [person, other]);
  expect(rows.map(({ arm }) => arm)).toEqual([met.arm, met.arm]);
});

test('a report is computed of real orders, and what is held out and what is not is told apart', async () => {
  const service = serviceOf();
  const experiment = service.running('recommendations')!;
  const arms = new Map<string, number[]>();
  for (let n = 1; n < PERSONS; n++) {
    const known = await service.assignmentsOf(knexIn(app), null, []);
    const met = service.assign(experiment, { personId: personId(n), visitorKey: null }, known, nobody)!;
    arms.set(met.arm, [...(arms.get(met.arm) ?? []), n]);
  }
  await service.flush();
  await sleep(20);
  const orders = [...arms].flatMap(([arm, persons]) =>
    persons.map((n, i) => ({
      order_id: `order-${n}`,
      customer_id: `customer-${n}`,
      ordered_at: Date.now() - (i % 3 === 0 ? 10 * DAY : 0),
      // Every third was before; treatment doubles what comes after.
      amount: arm === 'holdout' ? 1_000 + (n % 7) * 100 : 2_000 + (n % 7) * 100,
      currency: 'EUR',
      status: 'paid',
      source: 'test',
      updated_at: 1,
    })),
  );
  await knexIn(app).batchInsert('clv_orders', orders, 100);
  const { status, body } = await call(app, `/experiments/${experiment.id}/compute`, 'POST');
  expect(status).toBe(202);
  expect((await jobWhen(app, body.jobId, over)).status).toBe('done');
  const detail = (await call(app, `/experiments/${experiment.id}`)).body as ExperimentDetail;
  const report = detail.report!;
  const meanOf = (arm: string) => {
    const theirs = arms.get(arm)!;
    const after = orders.filter(
      (order) => order.ordered_at > Date.now() - DAY && theirs.includes(Number(order.customer_id.slice(9))),
    );
    // The person of the test before is in one of both, without an order.
    const units = report.arms.find((one) => one.arm === arm)!.units;
    return after.reduce((sum, { amount }) => sum + amount, 0) / 100 / units;
  };
  expect(report).toMatchObject({ currency: 'EUR', value: 'revenue', crossed: 0, final: true });
  expect(report.ratio.ok).toBe(true);
  const units = report.arms.reduce((sum, arm) => sum + arm.units, 0);
  expect(units).toBe(PERSONS);
  for (const arm of report.arms) expect(arm.mean).toBeCloseTo(meanOf(arm.arm), 6);
  const [effect] = report.effects;
  expect(effect!.unadjusted.value).toBeCloseTo(meanOf('recommended') - meanOf('holdout'), 6);
  // Nobody has been in it for a day yet, so nothing is clear however large it looks.
  expect(effect!.verdict).toBe('no clear difference');
  expect(detail.course).toEqual([{ at: report.at, arm: 'recommended', ...effect!.perUnit }]);
});

test('what was erased of a person is counted in no arm', async () => {
  const experiment = serviceOf().running('recommendations')!;
  expect((await call(app, '/people/erase', 'POST', { customerId: 'customer-5' })).status).toBe(200);
  const { body } = await call(app, '/experiments/run', 'POST');
  await jobWhen(app, body.jobId, over);
  const { report } = (await call(app, `/experiments/${experiment.id}`)).body as ExperimentDetail;
  expect(report!.arms.reduce((sum, arm) => sum + arm.units, 0)).toBe(PERSONS - 1);
});

test('whoever is erased leaves no meeting that was about to be written', async () => {
  const experiment = serviceOf().running('recommendations')!;
  const visitorKey = 'visitor-who-is-erased-at-once';
  serviceOf().assign(experiment, { personId: null, visitorKey }, [], nobody);
  expect((await call(app, '/people/erase', 'POST', { visitor: visitorKey })).status).toBe(200);
  await serviceOf().flush();
  expect(await knexIn(app)('clv_assignments').where({ unit_id: visitorKey })).toEqual([]);
});

test('the design is fixed once it runs, one runs at a time, and what was stopped stays stopped', async () => {
  const first = await running();
  const draft = (await call(app, '/experiments', 'POST', input)).body as Experiment;
  expect(draft).toMatchObject({ ...input, state: 'draft', startedAt: null });
  expect(JSON.stringify(draft)).not.toContain('salt');

  const taken = await call(app, `/experiments/${draft.id}/start`, 'POST');
  expect(taken.status).toBe(409);
  expect(taken.body.error.message).toContain(first.name);
  expect((await call(app, `/experiments/${draft.id}/stop`, 'POST')).status).toBe(409);

  const wider = { ...input, design: { ...design, holdout: 0.3 } };
  expect((await call(app, `/experiments/${draft.id}`, 'PUT', wider)).body.design.holdout).toBe(0.3);
  expect((await call(app, `/experiments/${first.id}/stop`, 'POST')).status).toBe(200);
  expect(serviceOf().running('recommendations')).toBeNull();
  expect((await call(app, `/experiments/${first.id}/start`, 'POST')).status).toBe(409);

  const started = await call(app, `/experiments/${draft.id}/start`, 'POST');
  expect(started.body).toMatchObject({ state: 'running' });
  expect(serviceOf().running('recommendations')?.id).toBe(draft.id);
  expect((await call(app, `/experiments/${draft.id}`, 'PUT', input)).status).toBe(409);
  const renamed = await call(app, `/experiments/${draft.id}`, 'PUT', { ...wider, name: 'Renamed' });
  expect(renamed.body.name).toBe('Renamed');
  expect(
    (
      await fetch(`${app.url}/clv/experiments/${draft.id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
    ).status,
  ).toBe(409);
});

test('a fixed horizon ends by itself, at its planned end', async () => {
  const { id } = await running();
  const began = Date.now() - 29 * DAY;
  await knexIn(app)('clv_experiments').where({ id }).update({ started_at: began });
  await serviceOf().refresh();
  expect(serviceOf().running('recommendations')).toBeNull();
  const { body } = await call(app, '/experiments/run', 'POST');
  await jobWhen(app, body.jobId, over);
  const { experiment, report } = (await call(app, `/experiments/${id}`)).body as ExperimentDetail;
  expect(experiment).toMatchObject({ state: 'stopped', endedAt: began + 28 * DAY });
  expect(report).toMatchObject({ final: true, effects: [] });
});

test('what is wrong with a plan is said', async () => {
  const wrong: [object, string][] = [
    [{ ...input, design: { ...design, holdout: 0.6 } }, 'above 0.5'],
    [{ ...input, design: { ...design, days: null } }, 'is missing'],
    [{ ...input, design: { ...design, segmentId: 'gone' } }, 'no such segment'],
    [{ ...input, surface: 'trigger:x' }, 'holdout'],
    [
      { ...input, design: { ...design, variants: [{ arm: 'holdout', strategy: 'popular', weight: 1 }] } },
      'taken',
    ],
    [{ ...input, design: { ...design, variants: [design.variants[0], design.variants[0]] } }, 'twice'],
  ];
  for (const [body, says] of wrong) {
    const answer = await call(app, '/experiments', 'POST', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(says);
  }
});

test('whoever may only look may not change anything', async () => {
  expect((await asReader.call(app, '/experiments')).status).toBe(200);
  expect((await asReader.call(app, '/experiments', 'POST', input)).status).toBe(403);
  expect((await asReader.call(app, '/experiments/run', 'POST')).status).toBe(403);
});

test('the experiment of a trigger follows its holdout, with new arms when that changes', async () => {
  const service = serviceOf();
  const trigger = { id: 'trigger', name: 'Win back', holdout: 0.1, segmentId: null };
  const ensure = (change = {}) =>
    knexIn(app).transaction((trx) => service.ensureTriggerExperiment(trx, { ...trigger, ...change }));
  const first = (await ensure())!;
  expect((await ensure({ name: 'Renamed' }))?.id).toBe(first.id);
  const other = (await ensure({ holdout: 0.2 }))!;
  expect(other.id).not.toBe(first.id);
  expect(other.salt).not.toBe(first.salt);
  expect(await ensure({ holdout: 0 })).toBeNull();
  await service.refresh();
  expect(service.running('trigger:trigger')).toBeNull();
  const rows = await knexIn(app)('clv_experiments').where({ surface: 'trigger:trigger' });
  expect(rows.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
});

test('the sample size rests on the site’s own persons, and says so when they are too few', async () => {
  const plan = { effect: 0.1, power: 0.8, alpha: 0.05, holdout: 0.1, horizon: 'fixed', segmentId: null };
  const early = await call(app, '/experiments/sample-size', 'POST', plan);
  expect(early.status).toBe(409);
  expect(early.body.error.message).toContain('Not enough data');
  const { body } = await call(app, '/value/run', 'POST');
  await jobWhen(app, body.jobId, over);
  const size = (await call(app, '/experiments/sample-size', 'POST', plan)).body as SampleSize;
  expect(size.basis).toMatchObject({ n: PERSONS - 2, currency: 'EUR' });
  expect(size.basis.mean).toBeGreaterThan(5);
  expect(size.inHoldout).toBe(Math.round(size.units / 10));
  expect(size.days).toBeGreaterThan(0);
  const larger = await call(app, '/experiments/sample-size', 'POST', { ...plan, effect: 0.05 });
  expect(larger.body.units).toBeGreaterThan(3 * size.units);
});
