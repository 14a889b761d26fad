import { startOfDayIn } from '../../clv/start-of-day';
import { BadField } from '../../crm/csv/bad-field';
import { COLUMNS } from '../../crm/csv/columns';
import { required } from '../../crm/csv/order-row';
import { parseTime } from '../../crm/csv/parse-time';
import { note } from '../notes';
import { readRows } from '../read-rows';
import { BrowserLinks } from './browser-links';

export interface TouchFact {
  /** A customer's id, or that of a visitor whom no row links to a customer. */
  personId: string;
  isCustomer: boolean;
  /** The customer whom rows from `knownBefore` on link the visitor to: what nobody knew then. */
  laterCustomer?: string;
  contentId: string;
  at: number;
}

interface Row<More> {
  customerId: string;
  visitorId: string;
  contentId: string;
  at: number;
  more: More;
}

function touchRow<More>(
  values: Record<string, string>,
  startOfDay: (day: string) => number,
  moreOf: (values: Record<string, string>) => More,
): Row<More> {
  const { customer_id: customerId = '', visitor_id: visitorId = '' } = values;
  if (!customerId && !visitorId)
    throw new BadField('customer_id', 'is empty, and there is no visitor_id either');
  return {
    customerId,
    visitorId,
    contentId: required(values, 'content_id'),
    at: parseTime(values.occurred_at ?? '', 'occurred_at', startOfDay),
    more: moreOf(values),
  };
}

/**
 * Reads touches and finds out whose each is: the customer's it names, else the customer's its visitor was. A bare date
 * begins in the time zone.
 *
 * @param moreOf what else is wanted of a row
 * @param knownBefore only rows before this moment link visitors to customers; all rows unless told
 */
export async function readTouches<More extends object>(
  file: string,
  timezone: string,
  moreOf: (values: Record<string, string>) => More,
  knownBefore = Number.POSITIVE_INFINITY,
): Promise<(TouchFact & More)[]> {
  const startOfDay = startOfDayIn(timezone);
  const toRow = (values: Record<string, string>) => touchRow(values, startOfDay, moreOf);
  const rows: Row<More>[] = [];
  const links = new BrowserLinks();
  const later = new BrowserLinks();
  for await (const row of readRows(file, COLUMNS.touches, toRow)) {
    rows.push(row);
    if (!row.customerId || !row.visitorId) continue;
    (row.at < knownBefore ? links : later).add(row.visitorId, row.customerId, row.at);
  }
  const unknown = new Set<string>();
  let linked = 0;
  const facts = rows.map(({ customerId, visitorId, contentId, at, more }) => {
    const owner = customerId || links.customerAt(visitorId, at);
    if (owner && !customerId) linked++;
    if (!owner) unknown.add(visitorId);
    const who = { personId: owner ?? visitorId, isCustomer: owner !== undefined };
    const laterCustomer = owner ? undefined : later.customerAt(visitorId, at);
    return { ...who, ...(laterCustomer && { laterCustomer }), contentId, at, ...more };
  });
  if (linked > 0) note(`${file}: ${linked} touches without a customer_id were linked by their visitor_id`);
  if (unknown.size > 0) {
    const when = Number.isFinite(knownBefore) ? ' up to the split' : '';
    note(`${file}: ${unknown.size} visitors are linked to no customer${when}; each counts as a person`);
  }
  if (links.shared > 0) {
    note(
      `${file}: ${links.shared} visitors were several customers; a touch goes to the one known last before it`,
    );
  }
  return facts;
}
