import type { Page, PulledRecord } from '../../connector';
import { type Columns, mapped } from '../shared/columns';
import { withCost } from '../shared/cost';
import type { Api } from './api';
import { holding } from './columns';
import type { Deal } from './payloads';
import { cellOf, currencyOf } from './values';
import { walk } from './walk';

/** A deal that was archived is in the second list alone, and its revenue is none the less for that. */
export const DEALS = ['api/v2/deals', 'api/v2/deals/archived'];

/** Deals are listed for 30 days after they were deleted. */
const STATUSES = 'open,won,lost,deleted';

interface DealColumns {
  orders: Columns;
  subscriptions: Columns;
}

/** Deals that changed: those that are won with an order, those that were deleted as gone. */
export async function* pullOrders(
  api: Api,
  columns: DealColumns,
  cursor: string | null,
): AsyncIterable<Page> {
  const query = { ...holding(columns.orders, columns.subscriptions), status: STATUSES };
  const lists = DEALS.map((url) => ({ url, query }));
  for await (const { rows, cursor: next } of walk<Deal>(api, lists, cursor)) {
    const gone = rows.filter(isDeleted).map(({ id }) => String(id));
    const there = rows.filter((deal) => !isDeleted(deal));
    yield { records: there.map((deal) => recordOf(deal, columns)), gone, cursor: next };
  }
}

const isDeleted = ({ is_deleted, status }: Deal): boolean => is_deleted === true || status === 'deleted';

function recordOf(deal: Deal, columns: DealColumns): PulledRecord {
  const id = String(deal.id);
  if (deal.status !== 'won') return { id, orders: [] };
  const customer_id = deal.person_id ? String(deal.person_id) : null;
  const order = withCost({ order_id: id, customer_id, ...mapped(deal, columns.orders, amountOf) });
  const recurring = mapped(deal, columns.subscriptions, amountOf);
  if (!recurring.mrr) return { id, orders: [order] };
  return { id, orders: [order], subscriptions: [{ subscription_id: id, customer_id, ...recurring }] };
}

/** An amount in another currency than the deal's keeps its own, so that nobody takes it for one in the deal's. */
function amountOf(deal: Deal, property: string): string | null {
  const value = cellOf(deal, property);
  const currency = currencyOf(deal, property);
  return value === null || currency === null || currency === deal.currency ? value : `${value} ${currency}`;
}
