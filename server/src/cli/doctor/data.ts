import type { Knex } from 'knex';
import type { ClvConfig } from '../../config';
import { unmatched } from '../../crm/queries/unmatched';
import { readCounters } from '../../storage/counters';
import { counted, type Finding, noted, ok, problem } from './finding';
import { countOf } from './settings';

/** What was tracked and imported, and where the two do not meet. */
export async function examineData(knex: Knex, config: ClvConfig): Promise<Finding[]> {
  const touches = await countOf(knex('clv_touches'));
  const orders = await countOf(knex('clv_orders'));
  const records = await countOf(knex('clv_customers'));
  const counters = await readCounters(knex);
  return [
    touches > 0
      ? ok('touches', counted(touches, 'touch', 'touches'))
      : noted(
          'touches',
          'none yet',
          'put the tracker into your pages; Content value > Tracking in the admin shows the lines',
        ),
    ...rejected(counters),
    ...dropped(counters),
    orders > 0
      ? ok('orders', counted(orders, 'order'))
      : noted('orders', 'none yet', 'import some: clv import --orders orders.csv, or in the admin'),
    ...(await examineMatches(knex, config, { touches, records })),
  ];
}

/** Events that were not understood; most often a page names content that does not exist. */
function rejected({ rejected: count = 0 }: Record<string, number>): Finding[] {
  if (count === 0) return [];
  return [
    noted(
      'rejected',
      `${counted(count, 'event')} of pages`,
      'look at the content keys of your pages: <uid>/<documentId>, and /<locale> where the type is localized',
    ),
  ];
}

/** What tracking did not store, by reason. */
function dropped(counters: Record<string, number>): Finding[] {
  const reasons = Object.entries(counters).filter(
    ([name, count]) => name.startsWith('dropped.') && count > 0,
  );
  if (reasons.length === 0) return [];
  const told = reasons.map(
    ([name, count]) => `${name.slice('dropped.'.length)} ${count.toLocaleString('en')}`,
  );
  return [noted('not stored', told.join(', '))];
}

async function examineMatches(
  knex: Knex,
  { value }: ClvConfig,
  { touches, records }: { touches: number; records: number },
): Promise<Finding[]> {
  const found = await unmatched(knex);
  const findings: Finding[] = [];
  if (found.ordersWithoutRecord > 0) {
    findings.push(
      noted(
        'orders',
        `${counted(found.ordersWithoutRecord, 'order')} of customers without a customer record: no cost of acquisition or service is known for them`,
        'import these customers: clv import --customers customers.csv',
      ),
    );
  }
  findings.push(
    ok(
      'customers',
      `${counted(records, 'record')}, ${found.recordsWithoutOrder.toLocaleString('en')} without an order`,
    ),
  );
  if (found.customers > 0) findings.push(browsersOf(found.customers, found.customersWithBrowser, touches));
  for (const [currency, count] of found.currencies) {
    if (currency === value.currency || currency in value.rates) continue;
    findings.push(
      problem(
        'currency',
        `${count > 0 ? counted(count, 'order') : 'costs or subscriptions'} in ${currency}, which has no rate: no ranking can be computed`,
        `add what 1 ${currency} is worth in ${value.currency} under clv.config.value.rates.${currency}`,
      ),
    );
  }
  return findings;
}

function browsersOf(customers: number, withBrowser: number, touches: number): Finding {
  const says = `${withBrowser.toLocaleString('en')} of ${counted(customers, 'customer')} were identified in a browser`;
  if (withBrowser > 0) return ok('identified', says);
  const todo = 'call identify after login or sign-up; until then no reading can be joined with orders';
  return touches > 0 ? problem('identified', says, todo) : noted('identified', says, todo);
}
