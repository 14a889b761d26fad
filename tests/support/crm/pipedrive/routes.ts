import type { Answered, Asked } from '../served';
import { dealOf, dealsFor } from './deals';
import { addField, listFields } from './fields';
import { type ListRules, pageOf } from './lists';
import { addNote, listNotes } from './notes';
import { found, personOf, stamp, write } from './persons';
import { demand } from './refusal';
import type { Store } from './store';

/** One endpoint: what it costs of the day's tokens, and what it does. */
export interface Route {
  method: string;
  path: RegExp;
  cost: number;
  deal(asked: Asked): Answered;
}

const ok = (data: unknown, additional_data?: unknown): Answered => ({
  status: 200,
  body: { success: true, data, ...(additional_data ? { additional_data } : {}) },
});

const DEAL_FILTERS = ['status', 'filter_id', 'owner_id', 'person_id', 'org_id', 'pipeline_id', 'stage_id'];

/** Endpoints of API v2, and of v1 where there is no newer one. @param epoch of the cursors that are good */
export function routesOf(store: Store, epoch: () => number): Route[] {
  const rules = (filters: string[]): ListRules => ({ filters, epoch: epoch() });

  function deals(asked: Asked, archived: boolean): Answered {
    const { rows, next } = pageOf(asked, dealsFor(asked, store, archived), rules(DEAL_FILTERS));
    return ok(
      rows.map((row) => dealOf(row, store, asked.query)),
      { next_cursor: next },
    );
  }

  return [
    {
      method: 'GET',
      path: /^\/api\/v1\/users\/me$/,
      cost: 2,
      deal: () =>
        ok({
          id: 1,
          name: 'Ada',
          default_currency: 'EUR',
          company_id: 4711,
          company_name: 'Example Ltd',
          company_domain: 'example',
        }),
    },
    {
      method: 'GET',
      path: /^\/api\/v2\/persons$/,
      cost: 10,
      deal(asked) {
        const there = [...store.persons.values()].filter(({ deleted }) => !deleted);
        const { rows, next } = pageOf(asked, there, rules(['filter_id', 'owner_id', 'org_id', 'deal_id']));
        return ok(
          rows.map((row) => personOf(row, store, asked.query)),
          { next_cursor: next },
        );
      },
    },
    {
      method: 'POST',
      path: /^\/api\/v2\/persons$/,
      cost: 5,
      deal(asked) {
        demand(asked.body?.name, 'name is required');
        const person = { ...store.base(), name: '', orgId: null, emails: [] };
        write(person, asked.body, store);
        store.persons.set(person.id, person);
        return ok(personOf(person, store, asked.query));
      },
    },
    {
      method: 'GET',
      path: /^\/api\/v2\/persons\/\d+$/,
      cost: 1,
      deal: (asked) => ok(personOf(found(asked, store), store, asked.query)),
    },
    {
      method: 'PATCH',
      path: /^\/api\/v2\/persons\/\d+$/,
      cost: 5,
      deal(asked) {
        const person = found(asked, store);
        write(person, asked.body, store);
        return ok(personOf(person, store, asked.query));
      },
    },
    { method: 'GET', path: /^\/api\/v2\/deals$/, cost: 10, deal: (asked) => deals(asked, false) },
    { method: 'GET', path: /^\/api\/v2\/deals\/archived$/, cost: 20, deal: (asked) => deals(asked, true) },
    {
      method: 'GET',
      path: /^\/api\/v2\/organizations$/,
      cost: 10,
      deal(asked) {
        const { rows, next } = pageOf(asked, [...store.organizations.values()], rules(['owner_id']));
        const shown = rows.map(({ id, name, addedAt, changedAt }) => ({
          id,
          name,
          add_time: stamp(addedAt),
          update_time: stamp(changedAt),
        }));
        return ok(shown, { next_cursor: next });
      },
    },
    ...(['personFields', 'dealFields'] as const).flatMap((of): Route[] => [
      {
        method: 'GET',
        path: new RegExp(`^/api/v2/${of}$`),
        cost: 10,
        deal(asked) {
          const { rows, next } = listFields(asked, store[of]);
          return ok(rows, { next_cursor: next });
        },
      },
      {
        method: 'POST',
        path: new RegExp(`^/api/v2/${of}$`),
        cost: 5,
        deal: (asked) => ok(addField(asked, store, of)),
      },
    ]),
    {
      method: 'GET',
      path: /^\/api\/v1\/notes$/,
      cost: 20,
      deal(asked) {
        const { rows, pagination } = listNotes(asked, store);
        return ok(rows, { pagination });
      },
    },
    {
      method: 'POST',
      path: /^\/api\/v1\/notes$/,
      cost: 10,
      deal: (asked) => ({ ...ok(addNote(asked, store)), status: 201 }),
    },
  ];
}
