import type { CrmRow, Page, PulledRecord } from '../../connector';
import type { Api, DescribedField, SObject } from './api';
import { type Columns, mappedOf } from './columns';
import { read, write } from './cursor';
import { hasField, readerOf } from './record';
import { costOf, partsOf, type Role, type Split, sharersOf } from './shares';
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
  for await (const { records, place } of walk(
    api,
    { object: OBJECT, select: reading.select },
    places[OBJECT],
  )) {
    places[OBJECT] = place;
    // Every role that is there now was read with its opportunity.
    if (isNew && place.since === null) places[ROLE] = place;
    yield { ...pageOf(records, reading), cursor: write(places), total };
  }
  if (isNew) return;
  for await (const { records, place } of walk(
    api,
    { object: ROLE, select: ['OpportunityId'] },
    places[ROLE],
  )) {
    const ids = [...new Set(records.map(({ OpportunityId }) => String(OpportunityId)))];
    const opportunities = await byId(api, reading, ids);
    places[ROLE] = place;
    yield { ...pageOf(opportunities, reading), cursor: write(places) };
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
  record(opportunity: SObject): PulledRecord;
}

const ROLES =
  '(SELECT ContactId, IsPrimary FROM OpportunityContactRoles WHERE IsDeleted = FALSE ORDER BY CreatedDate ASC, Id ASC)';

function readingOf(fields: DescribedField[], { orders, subscriptions, currency, split }: Settings): Reading {
  const value = readerOf(fields);
  const several = hasField(fields, 'CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const mapped = [...mappedOf(orders), ...mappedOf(subscriptions)].map(([, name]) => property(name));

  const cells = (opportunity: SObject, columns: Columns): CrmRow => ({
    currency: String(opportunity.CurrencyIsoCode ?? currency),
    ...Object.fromEntries(mappedOf(columns).map(([column, name]) => [column, value(opportunity, name)])),
  });

  function record(opportunity: SObject): PulledRecord {
    const { Id: id, IsWon, OpportunityContactRoles } = opportunity;
    if (!IsWon) return { id, orders: [], subscriptions: [] };
    const customers = sharersOf(
      (OpportunityContactRoles as { records: Role[] } | null)?.records ?? [],
      split,
    );
    const recurring = cells(opportunity, subscriptions);
    return {
      id,
      orders: ordersOf(id, customers, cells(opportunity, orders)),
      subscriptions: recurring.mrr
        ? [{ subscription_id: id, customer_id: customers[0] ?? null, ...recurring }]
        : [],
    };
  }

  return { select: [...new Set([...mapped, 'IsWon', ...several]), ROLES], record };
}

/** The order of an opportunity, or one for each contact who shares it. */
function ordersOf(id: string, customers: string[], { margin, ...row }: CrmRow): CrmRow[] {
  const { amount, currency } = row;
  if (typeof amount === 'number' && typeof margin === 'number')
    row.cost = costOf(amount, margin, String(currency));
  if (customers.length < 2) return [{ order_id: id, customer_id: customers[0] ?? null, ...row }];
  const part = (cell: CrmRow[string], i: number) =>
    typeof cell === 'number' ? partsOf(cell, customers.length, String(currency))[i] : cell;
  return customers.map((customer_id, i) => ({
    ...row,
    order_id: `${id}:${customer_id}`,
    customer_id,
    amount: part(amount, i),
    ...(row.cost === undefined ? {} : { cost: part(row.cost, i) }),
  }));
}

function pageOf(records: SObject[], { record }: Reading): Required<Pick<Page, 'records' | 'gone'>> {
  const page: ReturnType<typeof pageOf> = { records: [], gone: [] };
  for (const opportunity of records) {
    if (opportunity.IsDeleted) page.gone.push(opportunity.Id);
    else page.records.push(record(opportunity));
  }
  return page;
}
