import type { ConnectorTools, CrmRow, Page, PulledRecord } from '../../connector';
import type { Api } from './api';
import { holding, type Mapped, mappedOf } from './columns';
import type { Deal } from './payloads';
import { cellOf, currencyOf } from './values';
import { walk } from './walk';

/** A deal that was archived is in the second list alone, and its revenue is none the less for that. */
export const DEALS = ['api/v2/deals', 'api/v2/deals/archived'];

/** Deals are listed for 30 days after they were deleted. */
const STATUSES = 'open,won,lost,deleted';

/** Deals that changed: those that are won with an order, those that were deleted as gone. */
export async function* pullOrders(
  api: Api,
  tools: Pick<ConnectorTools, 'mapping'>,
  cursor: string | null,
): AsyncIterable<Page> {
  const orders = mappedOf('orders', tools);
  const subscriptions = mappedOf('subscriptions', tools);
  const query = { ...holding([...orders, ...subscriptions]), status: STATUSES };
  const lists = DEALS.map((url) => ({ url, query }));
  for await (const { rows, cursor: next } of walk<Deal>(api, lists, cursor)) {
    const gone = rows.filter(isDeleted).map(({ id }) => String(id));
    const records = rows
      .filter((deal) => !isDeleted(deal))
      .map((deal) => recordOf(deal, orders, subscriptions));
    yield { records, gone, cursor: next };
  }
}

const isDeleted = ({ is_deleted, status }: Deal): boolean => is_deleted === true || status === 'deleted';

function recordOf(deal: Deal, orders: Mapped, subscriptions: Mapped): PulledRecord {
  const id = String(deal.id);
  if (deal.status !== 'won') return { id, orders: [] };
  const customer_id = deal.person_id ? String(deal.person_id) : null;
  const order = { order_id: id, customer_id, ...cellsOf(deal, orders) };
  const recurring = cellsOf(deal, subscriptions);
  if (!recurring.mrr) return { id, orders: [order] };
  return { id, orders: [order], subscriptions: [{ subscription_id: id, customer_id, ...recurring }] };
}

/** An amount in another currency than the deal's keeps its own, so that nobody takes it for one in the deal's. */
function cellsOf(deal: Deal, mapped: Mapped): CrmRow {
  return Object.fromEntries(
    mapped.map(([column, name]) => {
      const value = cellOf(deal, name);
      const currency = currencyOf(deal, name);
      const foreign = value !== null && currency !== null && currency !== deal.currency;
      return [column, foreign ? `${value} ${currency}` : value];
    }),
  );
}
