import type { CrmRow, Page } from '../../connector';
import type { Api, DescribedField, SObject } from './api';
import { read, write } from './cursor';
import { hasField, type Reader, readerOf } from './record';
import { list, property } from './soql';
import { count, walk } from './walk';

type Split = 'primary' | 'equal' | 'first';

interface Settings {
  /** The property of an opportunity that fills each column. */
  columns: Record<string, string | null>;
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

/** What is read of an opportunity, and the orders that it amounts to. */
interface Reading {
  select: string[];
  orders(record: SObject): CrmRow[];
}

function readingOf(fields: DescribedField[], settings: Settings): Reading {
  const mapped = Object.entries(settings.columns).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const ownCurrency = hasField(fields, 'CurrencyIsoCode') ? ['CurrencyIsoCode'] : [];
  const value: Reader = readerOf(fields);
  return {
    select: [
      ...new Set([...mapped.map(([, name]) => property(name)), 'IsWon', ...ownCurrency]),
      '(SELECT ContactId, IsPrimary FROM OpportunityContactRoles WHERE IsDeleted = FALSE ORDER BY CreatedDate ASC, Id ASC)',
    ],
    orders(record) {
      if (!record.IsWon) return [];
      return [
        {
          order_id: record.Id,
          customer_id: customersOf(record, settings.split)[0] ?? null,
          ...Object.fromEntries(mapped.map(([column, name]) => [column, value(record, name)])),
          currency: String(record.CurrencyIsoCode ?? settings.currency),
        },
      ];
    },
  };
}

interface Roles {
  records: { ContactId: string; IsPrimary: boolean }[];
}

/** Whose an opportunity is, the first one first. */
function customersOf({ OpportunityContactRoles }: SObject, split: Split): string[] {
  const roles = (OpportunityContactRoles as Roles | null)?.records ?? [];
  const primary = roles.find(({ IsPrimary }) => IsPrimary);
  if (split === 'primary' && primary) return [primary.ContactId];
  const ids = [...new Set(roles.map(({ ContactId }) => ContactId))];
  return split === 'equal' ? ids : ids.slice(0, 1);
}

function pageOf(records: SObject[], { orders }: Reading): Required<Pick<Page, 'records' | 'gone'>> {
  const page: ReturnType<typeof pageOf> = { records: [], gone: [] };
  for (const record of records) {
    if (record.IsDeleted) page.gone.push(record.Id);
    else page.records.push({ id: record.Id, orders: orders(record) });
  }
  return page;
}
