import type { Knex } from 'knex';
import type { Engine } from '../../../../clv/engine/engine';
import { nextOrderDays } from '../../../../clv/engine/next-order';
import { type PaidOrder, paidOrders } from '../../../../clv/people/paid-orders';
import { type PersonTouch, touchesOf } from '../../../../clv/people/touches';
import { toPersonRow } from '../../../../clv/runs/person-rows';
import { type Allowed, allowedBy, type ConsentRules, consentsOf } from './consent';
import { NOTHING, type Values } from './payload';
import { readingOf } from './reading';
import { byPerson, readingDistribution } from './reading-distribution';
import { segmentNames } from './segments';
import { valuesTold } from './values';

/** What may be told of one person, and what of it. */
export interface Described {
  values: Values;
  allowed: Allowed;
}

export type Describe = (personIds: string[]) => Promise<Map<string, Described>>;

/**
 * Makes the function that describes persons by the rows of a run, some questions for all of them together. Whoever the run does
 * not know has no values.
 */
export async function describing(knex: Knex, engine: Engine, rules: ConsentRules): Promise<Describe> {
  const distribution = await readingDistribution(knex, engine);
  const nextOrderDay = nextOrderDays(engine);

  return async (personIds) => {
    const now = Date.now();
    const consents = await consentsOf(knex, personIds, now);
    const allowed = new Map(personIds.map((id) => [id, allowedBy(consents.get(id) ?? 'unknown', rules)]));
    const segments = await segmentNames(knex, allowed);
    const rows = (
      await knex('clv_person_values').where({ run_id: engine.runId }).whereIn('person_id', personIds)
    ).map(toPersonRow);
    const range = { persons: personIds };
    const orders = byPerson<PaidOrder>(await paidOrders(knex, range));
    const touches = byPerson<PersonTouch>(await touchesOf(knex, range, now));

    // As of the moment of the row, so that the same person is described alike until something changes.
    const people = rows.map((row) => {
      const read = (touches.get(row.personId) ?? []).filter(({ at }) => at < row.updatedAt);
      return {
        row,
        nextOrderDay: nextOrderDay(row.personId, orders.get(row.personId) ?? [], row.updatedAt),
        reading: readingOf(read, row.updatedAt),
        segments: segments.get(row.personId) ?? null,
      };
    });
    const items = people.flatMap(({ reading }) => [reading.last, reading.top]);
    const tell = valuesTold({ ...engine, distribution, titles: await titlesOf(knex, items) });
    const values = new Map(people.map((person) => [person.row.personId, tell(person)]));
    return new Map(
      personIds.map((id) => [
        id,
        {
          values: values.get(id) ?? NOTHING,
          allowed: allowed.get(id)!,
        },
      ]),
    );
  };
}

async function titlesOf(knex: Knex, items: (number | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(items.filter((item) => item !== null))];
  const rows = await knex('clv_contents').whereIn('id', ids).select('id', 'title');
  return new Map(rows.map(({ id, title }) => [String(id), title]));
}
