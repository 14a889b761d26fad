import type { CrmRow, Mapping, Stream } from '../../connector';
import { ConnectorError } from '../../connector-error';

/** Which property fills each column; null for none. */
export type Columns = Record<string, string | null>;

/** Two that are no columns of the CSV contract: a cost may also be told by what is left of the amount (see `cost.ts`). */
const MARGINS = ['margin', 'margin_percent'] as const;

/** What may be mapped to a property; ids are the CRM's own. */
const MAPPED: Record<Stream, readonly string[]> = {
  customers: [
    'email',
    'channel',
    'acquired_at',
    'acquisition_cost',
    'service_cost_per_month',
    'segment',
    'company',
    'nps',
    'ces',
  ],
  orders: [
    'ordered_at',
    'amount',
    'cost',
    ...MARGINS,
    'currency',
    'product_line',
    'channel',
    'deal_created_at',
  ],
  subscriptions: ['started_at', 'ended_at', 'mrr', 'currency', 'product_line', 'billing_months'],
};

/** All columns of a stream that can be mapped, with the property that usually fills them. */
export function usually(stream: Stream, known: Columns): Columns {
  return { ...Object.fromEntries(MAPPED[stream].map((column) => [column, null])), ...known };
}

/** The property of each column, as somebody mapped them. @throws ConnectorError config for a column that is none */
export function columnsOf(stream: Stream, usual: Columns, mapping: Mapping): Columns {
  const wished = mapping[stream] ?? {};
  for (const column of Object.keys(wished)) {
    if (column in usual) continue;
    throw new ConnectorError(
      'config',
      `The mapping of ${stream} names the column "${column.slice(0, 60)}", which there is none of; choose among ${Object.keys(usual).join(', ')}.`,
    );
  }
  return { ...usual, ...wished };
}

/** The properties that have to be asked for, each once. */
export function propertiesOf(...columns: Columns[]): string[] {
  const all = columns.flatMap((some) => Object.values(some));
  return [...new Set(all.filter((property) => property !== null))];
}

type Cell = CrmRow[string];

/** A row with the columns that are mapped. @param read a property of the record: undefined keeps what is stored, null clears it */
export function mapped<Item>(
  record: Item,
  columns: Columns,
  read: (record: Item, property: string) => Cell,
): CrmRow {
  const row: CrmRow = {};
  for (const [column, property] of Object.entries(columns)) {
    if (property !== null) row[column] = read(record, property);
  }
  return row;
}
