import type { Knex } from 'knex';
import { atomically } from '../../identity/atomically';
import type { Contents } from '../engine/contents';
import type { Engine } from '../engine/engine';
import { tierOfPerson, valuer } from '../engine/value-people';
import { readFacts } from '../people/facts';
import { packed, writePersonRows } from '../runs/person-rows';
import type { TierChange } from '../runs/tier-changes';

/**
 * Brings persons up to date by an engine: whoever left a trace gets a row of the engine's run, and whoever was erased or
 * merged into somebody else loses theirs.
 *
 * @returns whose tier changed
 */
export async function updatePersons(
  knex: Knex,
  engine: Engine,
  contents: Contents,
  personIds: string[],
  now: number,
): Promise<TierChange[]> {
  const facts = await readFacts(knex, { persons: personIds }, now);
  const valued = valuer(engine, contents, now)(facts);

  return atomically(knex, async (trx) => {
    // As an erasure does first: whichever comes later waits, and sees what the other did.
    await trx('clv_identities').whereIn('person_id', personIds).forUpdate().select('id');
    const known = await trx('clv_persons').whereIn('id', personIds).forUpdate().select('id', 'canonical_id');
    const there = new Set(known.filter((row) => row.id === row.canonical_id).map((row) => row.id));
    const before = await trx('clv_person_values')
      .where({ run_id: engine.runId })
      .whereIn('person_id', personIds)
      .select('person_id', 'tier', 'previous_tier');
    const tiers = new Map(before.map((row) => [row.person_id, row]));

    const people = valued.filter(({ personId }) => there.has(personId));
    const kept = new Set(people.map(({ personId }) => personId));
    const gone = before.map((row) => row.person_id).filter((id) => !kept.has(id));
    if (gone.length > 0) {
      await trx('clv_person_values').where({ run_id: engine.runId }).whereIn('person_id', gone).delete();
    }
    const changes: TierChange[] = [];
    const rows = people.map((person) => {
      const { tier: from = null, previous_tier = null } = tiers.get(person.personId) ?? {};
      const tier = tierOfPerson(person, engine);
      if (from !== null && tier !== null && from !== tier)
        changes.push({ personId: person.personId, from, to: tier });
      return packed({ ...person, tier, previousTier: previous_tier });
    });
    await writePersonRows(trx, engine.runId, rows);
    return changes;
  });
}
