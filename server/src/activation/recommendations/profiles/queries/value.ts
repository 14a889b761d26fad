import type { Knex } from 'knex';
import type { PersonKind, Stage } from '../../../../clv/api-types';

/** What the value engine says of a person, amounts in minor units. */
export interface PersonValue {
  tier: string | null;
  stage: Stage;
  kind: PersonKind;
  total: number;
  channel: string | null;
}

/** By the run that is published; null of whom it says nothing. */
export async function personValue(knex: Knex, runId: string, personId: string): Promise<PersonValue | null> {
  const row = await knex('clv_person_values')
    .where({ run_id: runId, person_id: personId })
    .first('tier', 'stage', 'kind', 'total', 'channel');
  return row ? { ...row, total: Number(row.total) } : null;
}

/** Upper limits of the lower two thirds of the customers, in minor units; null with fewer than three customers. */
export async function valueThirds(knex: Knex, runId: string): Promise<[number, number] | null> {
  const customers = () => knex('clv_person_values').where({ run_id: runId, kind: 'customer' });
  const count = Number((await customers().count({ n: '*' }).first())?.n ?? 0);
  if (count < 3) return null;
  const limits: number[] = [];
  for (const third of [1, 2]) {
    const row = await customers()
      .orderBy('total')
      .offset(Math.floor((third * count) / 3))
      .first('total');
    limits.push(Number(row?.total ?? 0));
  }
  return [limits[0]!, limits[1]!];
}
