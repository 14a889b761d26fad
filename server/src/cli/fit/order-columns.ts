import { localDaysIn } from '../../clv/models/local-days';
import type { OrderColumns } from '../../clv/models/order-days';
import { Numbering } from '../rank/numbering';
import type { OrderFact } from '../rank/read-orders';

export interface NumberedOrders {
  columns: OrderColumns;
  /** Ids of the customers by number. */
  customerIds: string[];
  customers: Numbering;
  /** Day numbers of the first and the last order that is not after today; Infinity and −Infinity without one. */
  first: number;
  last: number;
}

/** Puts orders in columns and finds the days they span; what lies after `today` (a moment) is a slip of the pen. */
export function orderColumns(facts: readonly OrderFact[], timezone: string, today: number): NumberedOrders {
  const customers = new Numbering();
  const dayOf = localDaysIn(timezone);
  const columns: OrderColumns = {
    customer: new Int32Array(facts.length),
    at: new Float64Array(facts.length),
    value: new Float64Array(facts.length),
    refund: new Uint8Array(facts.length),
  };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  facts.forEach(({ customerId, at, value, refund }, i) => {
    columns.customer[i] = customers.numberOf(customerId);
    columns.at[i] = at;
    columns.value[i] = value;
    columns.refund[i] = refund ? 1 : 0;
    if (refund || at > today) return;
    first = Math.min(first, dayOf(at));
    last = Math.max(last, dayOf(at));
  });
  return { columns, customerIds: customers.keys, customers, first, last };
}
