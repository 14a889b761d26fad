import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PrivacyService } from '../../../server/src/privacy/service';
import { onEachDatabase, type Place } from '../identity/world';

const DAY = 86_400_000;

onEachDatabase('retention', (open) => {
  let place: Place;
  let privacy: PrivacyService;
  beforeAll(async () => {
    place = await open({ privacy: { retentionDays: 30 } });
    privacy = place.app.strapi.plugin('clv').service('privacy');
  });
  afterAll(() => place.stop());

  const touches = (count: number, occurredAt: number) =>
    Array.from({ length: count }, (_, i) => ({
      // Old and new ones lie side by side.
      message_id: `${String(i).padStart(6, '0')}-${occurredAt}`,
      visitor_key: 'visitor-of-long-ago',
      content_id: 1,
      kind: 'view',
      occurred_at: occurredAt,
      received_at: occurredAt,
      source: 'tracker',
    }));

  test('deletes every touch that is too old and no other, however many there are', async () => {
    const now = Date.now();
    await place.knex.batchInsert('clv_touches', touches(2500, now - 31 * DAY), 50);
    await place.knex.batchInsert('clv_touches', touches(1500, now - 29 * DAY), 50);
    await privacy.forgetOld(now);
    const left = await place.knex('clv_touches').select('occurred_at');
    expect(left).toHaveLength(1500);
    expect(new Set(left.map((row) => Number(row.occurred_at)))).toEqual(new Set([now - 29 * DAY]));
  });

  test('runs once a day over all nodes', async () => {
    const tomorrow = Date.now() + DAY;
    await place.knex.batchInsert('clv_touches', touches(1, 1), 50);
    await Promise.all([1, 2, 3].map(() => privacy.forgetOld(tomorrow)));
    await place.knex.batchInsert('clv_touches', touches(1, 2), 50);
    await privacy.forgetOld(tomorrow);
    expect(await place.knex('clv_touches').where('occurred_at', '<', 10)).toHaveLength(1);
    await privacy.forgetOld(tomorrow + DAY);
    expect(await place.knex('clv_touches').where('occurred_at', '<', 10)).toHaveLength(0);
  });

  test('forgets rejected rows of old imports', async () => {
    const job = (id: string, created_at: number) => ({
      id,
      kind: 'import',
      status: 'done',
      params: '{}',
      created_at,
    });
    await place.knex('clv_jobs').insert([job('old', Date.now() - 91 * DAY), job('new', Date.now())]);
    const error = { row_number: 1, reason: 'amount is empty', raw: '{}' };
    await place.knex('clv_job_errors').insert([
      { job_id: 'old', ...error },
      { job_id: 'new', ...error },
    ]);
    await privacy.forgetOld(Date.now() + 3 * DAY);
    expect(await place.knex('clv_job_errors').pluck('job_id')).toEqual(['new']);
  });

  test('is scheduled for the night, and the schedule ends with the plugin', () => {
    const names = place.app.strapi.cron.jobs.map(({ name }) => name);
    expect(names).toContain('clv.privacy');
  });
});
