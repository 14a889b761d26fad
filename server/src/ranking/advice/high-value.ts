import { topTierPersons } from '../journeys/top-tier';
import { NEEDED } from '../models/verdict';
import type { RunData } from '../run-data';

const TENTH = 0.1;

/**
 * Who is of high value: the persons of the best tier, or where tiers are not known, or too few are in it, the tenth of all
 * with a value that is worth most.
 */
export async function highValuePersons({
  knex,
  persons,
  personIds,
}: Pick<RunData, 'knex' | 'persons' | 'personIds'>): Promise<{ tier: string | null; isHigh: Uint8Array }> {
  const top = await topTierPersons(knex);
  if (typeof top !== 'string' && top.personIds.size >= NEEDED)
    return { tier: top.tier, isHigh: Uint8Array.from(personIds, (id) => Number(top.personIds.has(id))) };
  const worth = persons.values.filter((value) => value > 0).sort();
  const least = worth[Math.floor((1 - TENTH) * worth.length)] ?? Number.POSITIVE_INFINITY;
  return { tier: null, isHigh: Uint8Array.from(persons.values, (value) => Number(value >= least)) };
}
