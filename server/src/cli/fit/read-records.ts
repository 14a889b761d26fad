import type { ContentItem, ContentTouch, DatedOrder, PersonRecord } from '../../clv/models/content';
import { BadField } from '../../crm/csv/bad-field';
import { COLUMNS } from '../../crm/csv/columns';
import { required } from '../../crm/csv/order-row';
import type { Numbering } from '../rank/numbering';
import type { Orders } from '../rank/read-orders';
import { readTouches } from '../rank/read-touches';
import { readRows } from '../read-rows';

export interface ReadingFiles {
  touches: string;
  contents?: string;
  timezone: string;
  /** The first moment after the split. */
  cut: number;
}

const KINDS: readonly ContentTouch['kind'][] = ['view', 'read', 'download'];

/** What ranking does without. */
function detailsOf(values: Record<string, string>) {
  const kind = KINDS.find((name) => name === values.kind?.trim().toLowerCase());
  if (!kind) throw new BadField('kind', `must be one of ${KINDS.join(', ')}`);
  return {
    kind,
    type: values.content_type || null,
    seconds: amountOf(values.seconds),
    depth: amountOf(values.depth),
    channel: values.channel || null,
  };
}

/** What is no number at least zero is as good as unknown. */
function amountOf(text: string | undefined): number | null {
  const value = text ? Number(text) : Number.NaN;
  return value >= 0 && Number.isFinite(value) ? value : null;
}

/** Types and topics of the content items, by id. */
async function readItems(file: string): Promise<Map<string, ContentItem>> {
  const itemOf = (values: Record<string, string>): ContentItem => ({
    id: required(values, 'content_id'),
    type: values.content_type || null,
    topics: values.topic ? [values.topic] : [],
  });
  const items = new Map<string, ContentItem>();
  for await (const item of readRows(file, COLUMNS.contents, itemOf)) items.set(item.id, item);
  return items;
}

/**
 * Everything known of each person in the files, customers by their numbers first; orders in major units. A visitor whom no
 * row links to a customer counts as a person: to leave out those who never bought would make buyers of all the others. So
 * does one who is linked only after the split, and is given the orders from then on: to put together all browsers of those
 * who later said who they are would tell buyers by how much they had read.
 */
export async function readRecords(
  { facts, digits }: Orders,
  customers: Numbering,
  { touches: file, contents, timezone, cut }: ReadingFiles,
): Promise<PersonRecord[]> {
  const items = contents ? await readItems(contents) : new Map<string, ContentItem>();
  const records: { orders: DatedOrder[]; touches: ContentTouch[] }[] = [];
  const recordOf = (key: string) => {
    const number = customers.numberOf(key);
    records[number] ??= { orders: [], touches: [] };
    return records[number];
  };
  for (const { customerId, at, value, refund } of facts) {
    recordOf(customerId).orders.push({ at, value: value / 10 ** digits, refund });
  }
  const unlinked = new Map<string, string | undefined>();
  for (const touch of await readTouches(file, timezone, detailsOf, cut)) {
    const { personId, isCustomer, laterCustomer, contentId, at, type, ...details } = touch;
    const item = items.get(contentId) ?? { id: contentId, type, topics: [] };
    items.set(contentId, item);
    const key = isCustomer ? personId : `${UNLINKED}${personId}`;
    if (!isCustomer) unlinked.set(key, laterCustomer);
    recordOf(key).touches.push({ item, at, ...details });
  }
  for (const [key, customer] of unlinked) {
    if (customer) recordOf(key).orders = recordOf(customer).orders.filter(({ at }) => at >= cut);
  }
  return records;
}

/** Keeps a visitor's id apart from a customer's: no CSV field holds a line's end after trimming. */
const UNLINKED = 'visitor\n';
