import type { Knex } from 'knex';
import { latestRunId } from '../clv/runs/latest';
import { walkPersons } from '../clv/runs/walk-persons';
import { companyKey } from './models/accounts';
import type { PersonNumbers } from './people';
import { customerRecords } from './queries/customer-records';

/** What is known of persons beside what they did, by number; undefined where nobody knows. */
export interface PersonTraits {
  channels: (string | undefined)[];
  segments: (string | undefined)[];
  companies: (string | undefined)[];
  tiers: (string | undefined)[];
}

/** Persons read by one statement. */
const CHUNK = 10_000;

/** Reads what the CRM and the last run of the value engine say of everyone; of a person with several records the last one counts. */
export async function loadTraits(knex: Knex, numbers: PersonNumbers): Promise<PersonTraits> {
  const traits: PersonTraits = { channels: [], segments: [], companies: [], tiers: [] };
  for await (const records of customerRecords(knex)) {
    for (const { personId, channel, segment, company } of records) {
      const person = numbers.of(personId);
      if (channel !== null) traits.channels[person] = channel;
      if (segment !== null) traits.segments[person] = segment;
      const key = company === null ? '' : companyKey(company);
      if (key !== '') traits.companies[person] = key;
    }
  }
  const run = await latestRunId(knex);
  if (run !== null) {
    for await (const rows of walkPersons<{ tier: string | null }>(knex, run, ['tier'], CHUNK)) {
      for (const { person_id, tier } of rows) {
        if (tier !== null) traits.tiers[numbers.of(person_id)] = tier;
      }
    }
  }
  return traits;
}
