import type { Knex } from 'knex';
import { walkPersons } from './walk-persons';

/** Somebody who is in another tier than in the run before. */
export interface TierChange {
  personId: string;
  from: string;
  to: string;
}

const AT_ONCE = 500;

/** Everyone whose tier a run changed, chunk by chunk. */
export async function* tierChanges(knex: Knex, runId: string): AsyncGenerator<TierChange[]> {
  type Row = { tier: string | null; previous_tier: string | null };
  for await (const rows of walkPersons<Row>(knex, runId, ['tier', 'previous_tier'], AT_ONCE)) {
    yield rows.flatMap(({ person_id: personId, tier: to, previous_tier: from }) =>
      from && to && from !== to ? [{ personId, from, to }] : [],
    );
  }
}
