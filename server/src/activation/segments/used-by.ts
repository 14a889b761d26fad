import type { Knex } from 'knex';
import type { ExperimentDesign } from '../experiments/api-types';
import type { SegmentDetail } from './api-types';

/** Triggers that go by a segment, and experiments that do so or may be started. */
export async function usedBy(knex: Knex, segmentId: string): Promise<SegmentDetail['usedBy']> {
  const triggers = await knex('clv_triggers')
    .where({ segment_id: segmentId })
    .orderBy('name')
    .select('id', 'name');
  const experiments: { id: string; name: string; design: string }[] = await knex('clv_experiments')
    .whereNot({ state: 'stopped' })
    .orderBy('name')
    .select('id', 'name', 'design');
  const going = experiments.filter(
    ({ design }) => (JSON.parse(design) as ExperimentDesign).segmentId === segmentId,
  );
  return [
    ...triggers.map(({ id, name }) => ({ kind: 'trigger' as const, id, name })),
    ...going.map(({ id, name }) => ({ kind: 'experiment' as const, id, name })),
  ];
}
