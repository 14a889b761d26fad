import type { Knex } from 'knex';
import { atomically } from '../../identity/atomically';
import { noteChanged } from '../../storage/person-changes';
import type { Contents } from '../engine/contents';
import type { Engine } from '../engine/engine';
import { tierOfPerson, type Valued, type Valuer, valuer } from '../engine/value-people';
import { type PersonFacts, readFacts } from '../people/facts';
import { packed, writePersonRows } from '../runs/person-rows';
import type { TierChange } from '../runs/tier-changes';

/**
 * Whoever had more orders in the run, such as a till's "guest", waits for the next one: reading them all anew at each order
 * would hold up every request.
 */
const MOST_ORDERS = 5_000;

export interface Updated {
  /** Whose tier changed. */
  changes: TierChange[];
  /** Why somebody could not be valued and keeps the row there is, such as a currency that the run has no rate for. */
  problem: unknown;
}

/**
 * Brings persons up to date by an engine: whoever left a trace gets a row of the engine's run, and whoever was erased or
 * merged into somebody else loses theirs.
 */
export function updatePersons(
  knex: Knex,
  engine: Engine,
  contents: Contents,
  personIds: string[],
): Promise<Updated> {
  return atomically(knex, async (trx) => {
    // As an erasure does first: whichever comes later waits, and sees what the other did.
    await trx('clv_identities').whereIn('person_id', personIds).forUpdate().select('id');
    const known = await trx('clv_persons').whereIn('id', personIds).forUpdate().select('id', 'canonical_id');
    const there = new Set(known.filter((row) => row.id === row.canonical_id).map((row) => row.id));
    await noteChanged(trx, [...there]);
    const before = await trx('clv_person_values')
      .where({ run_id: engine.runId })
      .whereIn('person_id', personIds)
      .select('person_id', 'orders', 'tier', 'previous_tier');
    const large = before.flatMap((row) =>
      Number(row.orders) > MOST_ORDERS && there.delete(row.person_id) ? [row.person_id] : [],
    );
    // Read after the wait, or an older state could be written over what another node wrote.
    const now = Date.now();
    const facts = await readFacts(trx, { persons: [...there] }, now);
    const { valued, unclear, problem } = valueEach(facts, valuer(engine, contents, now));
    const tiers = new Map(before.map((row) => [row.person_id, row]));
    const kept = new Set([...large, ...unclear, ...valued.map(({ personId }) => personId)]);
    const gone = before.map((row) => row.person_id).filter((id) => !kept.has(id));
    if (gone.length > 0) {
      await trx('clv_person_values').where({ run_id: engine.runId }).whereIn('person_id', gone).delete();
    }
    const changes: TierChange[] = [];
    const rows = valued.map((person) => {
      const { tier: from = null, previous_tier = null } = tiers.get(person.personId) ?? {};
      const tier = tierOfPerson(person, engine);
      if (from !== null && tier !== null && from !== tier)
        changes.push({ personId: person.personId, from, to: tier });
      return packed({ ...person, tier, previousTier: previous_tier });
    });
    await writePersonRows(trx, engine.runId, rows);
    return { changes, problem };
  });
}

/** Values one person after the other, so that one who cannot be valued stands in nobody's way. */
function valueEach(facts: PersonFacts[], value: Valuer) {
  const valued: Valued[] = [];
  const unclear: string[] = [];
  let problem: unknown = null;
  for (const person of facts) {
    try {
      valued.push(...value([person]));
    } catch (error) {
      unclear.push(person.personId);
      problem = error;
    }
  }
  return { valued, unclear, problem };
}
