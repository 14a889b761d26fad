import type { CrmRow, Page, PulledRecord } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import { withCost } from '../shared/cost';
import { rowsOfDeal } from '../shared/split';
import type { Api, DescribedField, SObject } from './api';
import { read, write } from './cursor';
import { hasField, readerOf } from './record';
import { ROLES, type Role, rolesOf, type Split, sharersOf } from './roles';
import { list, property } from './soql';
import { count, walk } from './walk';

interface Settings {
  /** The property of an opportunity that fills each column of an order, and of a subscription. */
  orders: Columns;
  subscriptions: Columns;
  /** Of an org that has one. */
  currency: string;
  split: Split;
}

const OBJECT = 'Opportunity';
const ROLE = 'OpportunityContactRole';
const IDS_PER_QUERY = 200;

/**
 * Opportunities, those that are won with their orders. A role that is added to an opportunity does not count as a change
 * of it, so roles that changed bring their opportunities along.
 */
export async function* pullOrders(api: Api, settings: Settings, cursor: string | null): AsyncIterable<Page> {
  const places = read(cursor);
  const reading = readingOf(await api.describe(OBJECT), settings);
  const total = cursor === null ? await count(api, [OBJECT]) : undefined;
  const isNew = places[ROLE] === undefined;
  const opportunities = { object: OBJECT, select: reading.select };
  for await (const { records, place } of walk(api, opportunities, places[OBJECT])) {
    places[OBJECT] = place;
    // Every role that is there now was read with its opportunity.
    if (isNew && place.since === null) places[ROLE] = place;
    yield { ...(await pageOf(api, records, reading)), cursor: write(places), total };
  }
  if (isNew) return;
  const roles = { object: ROLE, select: ['OpportunityId'] };
  for await (const { records, place } of walk(api, roles, places[ROLE])) {
    const ids = [...new Set(records.map(({ OpportunityId }) => String(OpportunityId)))];
    places[ROLE] = place;
    const page = await pageOf(api, await byId(api, reading, ids), reading);
    yield { ...page, cursor: write(places) };
  }
}

async function byId(api: Api, { select }: Reading, ids: string[]): Promise<SObject[]> {
  const found: SObject[] = [];
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
    const some = list(ids.slice(from, from + IDS_PER_QUERY));
    const fields = ['Id', 'IsDeleted', ...select].join(', ');
    found.push(...(await api.rows(`SELECT ${fields} FROM ${OBJECT} WHERE Id IN ${some}`, true)));
  }
  return found;
}

/** What is read of an opportunity, and what it amounts to. */
interface Reading {
  select: string[];
  record(opportunity: SObject, roles: Role[]): PulledRecord;
}

function readingOf(fields: DescribedField[], { orders, subscriptions, currency, split }: Settings): Reading {
  const value = readerOf(fields);
  const several = hasField(fields, 'CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const cells = (opportunity: SObject, columns: Columns): CrmRow => ({
    currency: String(opportunity.CurrencyIsoCode ?? currency),
    ...mapped(opportunity, columns, value),
  });

  function record(opportunity: SObject, roles: Role[]): PulledRecord {
    const { Id: id, IsWon } = opportunity;
    if (!IsWon) return { id };
    const customers = sharersOf(roles, split);
    const order = withCost(cells(opportunity, orders));
    const recurring = cells(opportunity, subscriptions);
    return { id, ...rowsOfDeal(id, customers, order, recurring) };
  }

  const properties = propertiesOf(orders, subscriptions).map(property);
  return { select: [...new Set([...properties, 'IsWon', ...several]), ROLES], record };
}

async function pageOf(api: Api, records: SObject[], { record }: Reading) {
  const page: Required<Pick<Page, 'records' | 'gone'>> = { records: [], gone: [] };
  for (const opportunity of records) {
    if (opportunity.IsDeleted) page.gone.push(opportunity.Id);
    else page.records.push(record(opportunity, await rolesOf(api, opportunity)));
  }
  return page;
}
