import { type Columns, usually } from '../shared/columns';

/** What an order has of the opportunity that it was made of. */
export const OPPORTUNITY = 'opportunity.';

/** The property that fills each column unless it is mapped otherwise: a field of the party, the sale or its opportunity. */
export const COLUMNS = {
  customers: usually('customers', { email: 'email' }),
  orders: usually('orders', {
    ordered_at: 'sale_date',
    amount: 'total_amount',
    currency: 'currency.code',
    deal_created_at: `${OPPORTUNITY}start_date`,
  }),
  subscriptions: {},
};

/** The columns that come from the record itself, and the ones that come from its opportunity. */
export function divided(columns: Columns): { own: Columns; ofOpportunity: Columns } {
  const own: Columns = {};
  const ofOpportunity: Columns = {};
  for (const [column, property] of Object.entries(columns)) {
    if (property?.startsWith(OPPORTUNITY)) ofOpportunity[column] = property.slice(OPPORTUNITY.length);
    else own[column] = property;
  }
  return { own, ofOpportunity };
}
