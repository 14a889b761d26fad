import type { Knex } from 'knex';

/** Where orders, customers and browsers do not meet. */
export interface Unmatched {
  /** Orders whose customer has no customer record. */
  ordersWithoutRecord: number;
  /** Customer records without any order. */
  recordsWithoutOrder: number;
  /** Persons with a customer id, and how many of them were ever identified in a browser. */
  customers: number;
  customersWithBrowser: number;
  /** Currencies of orders, subscriptions and costs, with the number of orders in each. */
  currencies: Map<string, number>;
}

/** Counts what does not match. Reads every order: for the command line, not for screens. */
export async function unmatched(knex: Knex): Promise<Unmatched> {
  const one = knex.raw('1');
  const orders = knex('clv_orders as o').whereNotExists(
    knex.select(one).from('clv_customers as c').whereRaw('c.customer_id = o.customer_id'),
  );
  const records = knex('clv_customers as c').whereNotExists(
    knex.select(one).from('clv_orders as o').whereRaw('o.customer_id = c.customer_id'),
  );
  const customers = () =>
    knex('clv_identities as i')
      .join('clv_persons as p', 'p.id', 'i.person_id')
      .where('i.namespace', 'customer')
      .countDistinct({ n: 'p.canonical_id' });
  const withBrowser = customers()
    .join('clv_persons as same', 'same.canonical_id', 'p.canonical_id')
    .join('clv_visitor_links as l', 'l.person_id', 'same.id');
  const currencies = new Map<string, number>();
  for (const table of ['clv_customers', 'clv_subscriptions', 'clv_costs']) {
    for (const row of await knex(table).distinct('currency')) currencies.set(row.currency, 0);
  }
  const perCurrency: { currency: string; n: number | string }[] = await knex('clv_orders')
    .groupBy('currency')
    .select('currency')
    .select(knex.raw('COUNT(*) AS n'));
  for (const { currency, n } of perCurrency) currencies.set(currency, Number(n));
  return {
    ordersWithoutRecord: await numberIn(orders.count({ n: '*' })),
    recordsWithoutOrder: await numberIn(records.count({ n: '*' })),
    customers: await numberIn(customers()),
    customersWithBrowser: await numberIn(withBrowser),
    currencies,
  };
}

async function numberIn(question: PromiseLike<unknown>): Promise<number> {
  const [row] = (await question) as { n: number | string }[];
  return Number(row?.n ?? 0);
}
