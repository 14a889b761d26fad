import type { CrmRow, Page, PulledRecord } from '../../connector';
import { type Columns, mapped, propertiesOf } from '../shared/columns';
import { withCost } from '../shared/cost';
import { rowsOfDeal } from '../shared/split';
import type { Api } from './api';
import { payersOf } from './associations';
import type { Split } from './options';
import type { CrmObject } from './payloads';
import { MERGED, mergedInto, property } from './record';
import type { Wanted } from './search';
import { walk } from './walk';

const WON = 'hs_is_closed_won';
const isWon = (deal: CrmObject): boolean => property(deal, WON) === 'true';

export interface DealColumns {
  orders: Columns;
  subscriptions: Columns;
}

/** Deals that are won as orders, and as subscriptions where their recurring revenue is mapped. */
export async function* pullDeals(
  api: Api,
  columns: DealColumns,
  split: Split,
  from: string | null,
): AsyncGenerator<Page> {
  const wanted: Wanted = {
    type: 'deals',
    modified: 'hs_lastmodifieddate',
    properties: [
      ...propertiesOf(columns.orders, columns.subscriptions),
      'hs_lastmodifieddate',
      WON,
      // Of contacts alone there is the other one.
      MERGED[0]!,
    ],
    contacts: true,
  };
  const { companyCurrency } = await api.account();
  for await (const { items, gone, cursor, total, listed } of walk(api, wanted, from)) {
    const payers = await payersOf(api, items.filter(isWon), split, listed);
    yield {
      records: items.map((deal) => recordOf(deal, payers.get(deal.id) ?? [], columns, companyCurrency)),
      gone: [...gone, ...items.flatMap(mergedInto)],
      cursor,
      total,
    };
  }
}

function recordOf(deal: CrmObject, payers: string[], columns: DealColumns, currency: string): PulledRecord {
  if (!isWon(deal)) return { id: deal.id };
  const order = withCost(rowOf(deal, columns.orders, currency));
  const subscription = rowOf(deal, columns.subscriptions, currency);
  return { id: deal.id, ...rowsOfDeal(deal.id, payers, order, subscription) };
}

/** A deal without a currency is in the account's. */
function rowOf(deal: CrmObject, columns: Columns, currency: string): CrmRow {
  const row = mapped(deal, columns, property);
  return { ...row, currency: row.currency || currency };
}
