// What acts on values: segments, triggers, and an experiment that shows what its page looks like.
import { randomUUID } from 'node:crypto';
import { finished } from './admin.mjs';
import { randomFrom } from './random.mjs';

const all = (...rules) => ({ match: 'all', rules });

const SEGMENTS = [
  {
    name: 'Best customers',
    description: 'The top tier. Pages may greet them by it.',
    rules: all({ field: 'tier', is: ['platinum'] }),
    public: true,
  },
  {
    name: 'Good customers at risk',
    description: 'Worth much so far, and silent for longer than is usual for them.',
    rules: all({ field: 'tier', is: ['platinum', 'gold'] }, { field: 'stage', is: ['at risk', 'lapsed'] }),
    public: false,
  },
  {
    name: 'Readers who have not bought yet',
    description: 'They read three articles or white papers or more.',
    rules: all({ field: 'kind', is: ['prospect'] }, { field: 'content', did: true, atLeast: 3 }),
    public: false,
  },
];

const TRIGGERS = [
  { name: 'Somebody reached a better tier', kind: 'tier-up', settings: {} },
  { name: 'A customer is likely to have left', kind: 'churn-risk', settings: { threshold: 0.5 } },
];

const DAY = 24 * 3_600_000;

/**
 * A stopped experiment of the last two weeks whose two halves were treated alike, since nobody in the simulation was shown
 * anything: what it finds is chance, and the page says so.
 */
async function rehearse(strapi, api, end) {
  const knex = strapi.db.connection;
  const random = randomFrom(11);
  const id = randomUUID();
  const started = end - 14 * DAY;
  await knex('clv_experiments').insert({
    id,
    name: 'Rehearsal: two halves, both treated alike (simulated)',
    surface: 'recommendations',
    state: 'stopped',
    design: JSON.stringify({
      holdout: 0.5,
      variants: [{ arm: 'recommended', strategy: 'recommended', weight: 1 }],
      segmentId: null,
      horizon: 'fixed',
      days: 14,
      alpha: 0.05,
    }),
    salt: randomUUID(),
    created_at: started,
    started_at: started,
    ended_at: end,
  });
  const persons = await knex('clv_persons').whereRaw('id = canonical_id').orderBy('id').pluck('id');
  const rows = persons.map((unit_id) => ({
    experiment_id: id,
    unit_kind: 'person',
    unit_id,
    arm: random.chance(0.5) ? 'holdout' : 'recommended',
    assigned_at: started,
  }));
  await knex.batchInsert('clv_assignments', rows, 100);
  const { jobId } = await api(`/clv/experiments/${id}/compute`, { json: {} });
  await finished(api, jobId);
}

/** @param {number} end of the simulated month, epoch milliseconds */
export async function seedActivation(strapi, api, end) {
  for (const segment of SEGMENTS) {
    await api('/clv/segments', { json: { ...segment, membership: 'live', toCrm: false } });
  }
  for (const trigger of TRIGGERS) {
    await api('/clv/triggers', {
      json: {
        ...trigger,
        segmentId: null,
        actions: { endpoints: [], connections: [] },
        cooldownHours: 24 * 7,
        holdout: 0.1,
        enabled: true,
      },
    });
  }
  await rehearse(strapi, api, end);
  console.log(`${SEGMENTS.length} segments, ${TRIGGERS.length} triggers and an experiment`);
}
