/** The columns of one kind of CSV file. Other columns are ignored. */
export interface ColumnContract {
  required: string[];
  /** Groups of which the file must have at least one column. */
  oneOf?: string[][];
  optional: string[];
}

/** The files that the command line and the importer read; the README shows one of each. */
export const COLUMNS = {
  orders: {
    required: ['order_id', 'customer_id', 'ordered_at', 'amount', 'currency'],
    optional: ['cost', 'product_line', 'channel', 'deal_created_at', 'status'],
  },
  customers: {
    required: ['customer_id'],
    optional: [
      'email',
      'channel',
      'acquired_at',
      'acquisition_cost',
      'service_cost_per_month',
      'segment',
      'currency',
      'company',
      'nps',
      'ces',
    ],
  },
  costs: { required: ['month', 'channel', 'amount', 'currency'], optional: ['product_line', 'segment'] },
  subscriptions: {
    required: ['subscription_id', 'customer_id', 'started_at', 'mrr', 'currency'],
    optional: ['ended_at', 'product_line', 'billing_months'],
  },
  touches: {
    required: ['touch_id', 'content_id', 'kind', 'occurred_at'],
    oneOf: [['customer_id', 'visitor_id']],
    optional: ['content_type', 'seconds', 'depth', 'channel'],
  },
  contents: { required: ['content_id', 'content_type', 'title', 'published_at'], optional: ['topic'] },
  paths: { required: ['path', 'total_conversions'], optional: ['total_conversion_value', 'total_null'] },
} satisfies Record<string, ColumnContract>;

/** What a header row offers: columns that are used, ignored and missing, in the file's order. */
export interface ColumnMatch {
  used: string[];
  ignored: string[];
  missing: string[];
}

/** Compares a header row with a contract. Names match without regard to case and to spaces around them. */
export function matchColumns(header: string[], contract: ColumnContract): ColumnMatch {
  const names = header.map(columnName);
  const groups = contract.oneOf ?? [];
  const known = new Set([...contract.required, ...groups.flat(), ...contract.optional]);
  return {
    used: names.filter((name) => known.has(name)),
    ignored: header.filter((_, i) => !known.has(names[i]!)),
    missing: [
      ...contract.required.filter((name) => !names.includes(name)),
      ...groups.filter((group) => !group.some((name) => names.includes(name))).map((g) => g.join(' or ')),
    ],
  };
}

export const columnName = (text: string): string => text.trim().toLowerCase();
