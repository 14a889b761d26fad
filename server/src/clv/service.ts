import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import type { CustomerDetail, CustomerRow, ValueRun } from './api-types';
import { customerDetail } from './customers/detail';
import { findCustomer } from './customers/find';
import type { LiveService } from './live/service';
import { latestRun } from './runs/latest';

/** Whom it is about: exactly one of these. */
export type Whom =
  | { customerId: string }
  | { personId: string }
  /** The documentId of a users-permissions user who has identified. */
  | { userId: string };

/** Somebody who is not logged in has no id; the database's own words about that help nobody. */
const WHOM = 'The service "value" was asked about nobody: give it a customerId, a personId or a userId.';

export type ValueService = ReturnType<typeof valueService>;

/**
 * What people are worth, for an app's own code:
 *
 * ```js
 * const { predicted, tier } = (await strapi.plugin('clv').service('value').of({ customerId: 'C-10042' })) ?? {};
 * ```
 *
 * Answers come from the latest run and what happened since; each takes a few short questions to the database.
 */
export function valueService({ strapi }: { strapi: Strapi }) {
  const live = (): LiveService => strapi.plugin('clv').service('live');
  const knex = () => knexOf(strapi);

  /** The person, merges followed; null when nobody is known by that. */
  async function personOf(whom: Whom): Promise<string | null> {
    if ('personId' in whom) {
      if (whom.personId === undefined) throw new Error(WHOM);
      const row = await knex()('clv_persons').where({ id: whom.personId }).first('canonical_id');
      return row?.canonical_id ?? null;
    }
    const [namespace, value] = 'customerId' in whom ? ['customer', whom.customerId] : ['user', whom.userId];
    if (value === undefined) throw new Error(WHOM);
    const row = await knex()('clv_identities as i')
      .join('clv_persons as p', 'p.id', 'i.person_id')
      .where({ 'i.namespace': namespace, 'i.value': value })
      .first('p.canonical_id');
    return row?.canonical_id ?? null;
  }

  async function of(whom: Whom): Promise<CustomerRow | null> {
    const run = await latestRun(knex());
    const personId = run && (await personOf(whom));
    return personId ? findCustomer(knex(), run, personId) : null;
  }

  return {
    /**
     * What somebody is worth: value so far, predicted value, P(alive) or probability to buy, tier and stage. Amounts are
     * major units of the report's currency (`latestRun().currency`).
     *
     * @returns null before the first run, and when nobody is known by that
     */
    of,

    /** The tier of a customer, such as `gold`; null for prospects and people who are not known. */
    async tierOf(whom: Whom): Promise<string | null> {
      return (await of(whom))?.tier ?? null;
    },

    /**
     * What somebody may do within the horizon of the latest run, with 95 % predictive intervals: what this one person may
     * do, not the mean of many. Computed when it is asked for, in some milliseconds; use `of` in lists.
     *
     * @returns null before the first run, and when nobody is known by that
     */
    async predictionOf(whom: Whom): Promise<CustomerDetail['predictions'] | null> {
      const run = await latestRun(knex());
      const personId = run && (await personOf(whom));
      return personId ? ((await detailOf(run, personId))?.predictions ?? null) : null;
    },

    /** The head of the latest run: when, which model, horizon, currency, how many people; null before the first. */
    latestRun: (): Promise<ValueRun | null> => latestRun(knex()),

    /** Everything that the page of one customer shows. */
    detail: detailOf,
  };

  async function detailOf(run: ValueRun, personId: string): Promise<CustomerDetail | null> {
    const engine = await live().engine();
    if (!engine) return null;
    return customerDetail(knex(), run, { engine, contents: await live().contents() }, personId);
  }
}
