import { fieldName, INSIGHT_FIELDS } from '../../../../server/src/crm/insight-fields';
import type { Deal, Person } from './store';

/** One way in which an API may be made; the description of it is what a user would write. */
export interface Flavour {
  auth: 'bearer' | 'basic' | 'header' | 'query' | 'oauth2';
  paging: 'page' | 'offset' | 'cursor' | 'link-header' | 'link-body';
  /** Times as `iso` text, or as numbers. */
  times: 'iso' | 'unix-ms' | 'unix';
  amounts: 'major' | 'minor';
  deleted: 'flag' | 'list' | 'unknown';
  push: 'one' | 'batch';
}

export const PAGE = 5;

const custom = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [fieldName(name), `{${name}}`]));

function pagingOf({ paging }: Flavour) {
  const size = { query: 'limit', value: PAGE };
  switch (paging) {
    case 'page':
      return { style: 'page', query: 'page', size };
    case 'offset':
      return { style: 'offset', query: 'offset', size };
    case 'cursor':
      return { style: 'cursor', query: 'after', next: 'meta.next', size };
    case 'link-header':
      return { style: 'link', size };
    case 'link-body':
      return { style: 'link', next: 'links.next', size };
  }
}

export function descriptionOf(flavour: Flavour) {
  const { times, amounts, deleted, push } = flavour;
  const list = {
    records: 'data.items',
    since: { query: 'changed_since', format: times },
    paging: pagingOf(flavour),
    total: 'meta.total',
  };
  const gone = (what: string) => {
    if (deleted === 'flag') return { deleted: 'deleted_at' };
    if (deleted === 'unknown') return {};
    return { deleted: { ...list, path: `/${what}/deleted`, id: 'record' } };
  };
  return {
    account: { path: '/me', id: 'account.id', name: 'account.name' },
    customers: {
      ...list,
      ...gone('people'),
      path: '/people',
      id: 'id',
      times,
      fields: { email: 'emails[0].value', company: 'org.name', acquired_at: 'created' },
    },
    orders: {
      ...list,
      ...gone('deals'),
      path: '/deals',
      id: 'id',
      modified: 'changed',
      times,
      amounts,
      won: { field: 'stage.name', equals: ['won', 'paid'] },
      fields: {
        customer_id: 'person.id',
        ordered_at: 'closed',
        amount: 'value.amount',
        currency: 'value.currency',
        deal_created_at: 'created',
      },
    },
    push:
      push === 'one'
        ? { path: '/people/{id}', method: 'PATCH', body: { custom } }
        : {
            path: '/people/update',
            method: 'POST',
            body: { id: '{id}', custom },
            batch: {
              size: 8,
              records: 'people',
              results: { records: 'results', error: 'error', gone: { field: 'code', equals: 404 } },
            },
          },
    notes: {
      path: '/people/{id}/notes',
      body: { title: '{title}', text: '{text}', at: '{at}' },
      idempotencyHeader: 'Idempotency-Key',
    },
  };
}

const timeOf = (at: number | null, { times }: Flavour) => {
  if (at === null) return null;
  if (times === 'iso') return new Date(at).toISOString();
  return times === 'unix' ? Math.floor(at / 1000) : at;
};

const DIGITS: Record<string, number> = { JPY: 0 };

export function personAs(person: Person, flavour: Flavour) {
  return {
    id: person.id,
    emails: person.email === null ? [] : [{ kind: 'work', value: person.email }],
    org: person.company ? { name: person.company } : null,
    created: timeOf(person.createdAt, flavour),
    changed: timeOf(person.changed, flavour),
    ...(flavour.deleted === 'flag' && { deleted_at: timeOf(person.deletedAt, flavour) }),
  };
}

export function dealAs(deal: Deal, flavour: Flavour) {
  const { amount, currency } = deal;
  const minor = amount === null ? null : Math.round(Number(amount) * 10 ** (DIGITS[currency] ?? 2));
  return {
    id: deal.id,
    person: { id: deal.customers[0] },
    value: { amount: flavour.amounts === 'minor' ? minor : amount, currency },
    stage: { name: deal.won ? 'won' : 'open' },
    closed: timeOf(deal.wonAt, flavour),
    created: timeOf(deal.createdAt, flavour),
    changed: timeOf(deal.changed, flavour),
    ...(flavour.deleted === 'flag' && { deleted_at: timeOf(deal.deletedAt, flavour) }),
  };
}
