import { z } from 'zod';
import { text } from '../../ranking/query';
import type { CustomerSort } from '../api-types';
import type { PersonValueRow } from '../runs/person-rows';

/** The field of each order. */
export const SORTS: Record<CustomerSort, keyof PersonValueRow> = {
  total: 'total',
  historical: 'historical',
  predicted: 'predicted',
  pAlive: 'pAlive',
  orders: 'orders',
  lastOrderAt: 'lastOrderAt',
};

/** The orders by a field that not everyone has. */
export const MAY_BE_UNKNOWN: ReadonlySet<CustomerSort> = new Set(['predicted', 'pAlive', 'lastOrderAt']);

export const STAGES = ['prospect', 'new', 'active', 'at risk', 'lapsed', 'won back'] as const;

const count = (most: number) => z.coerce.number().int().min(1).max(most);

const sort = z
  .string()
  .default('total:desc')
  .transform((value, context): { by: CustomerSort; direction: 'asc' | 'desc' } => {
    const [name, direction = 'desc'] = value.split(':');
    const by = (Object.keys(SORTS) as CustomerSort[]).find((known) => known === name);
    if (by && (direction === 'asc' || direction === 'desc')) return { by, direction };
    context.addIssue({
      code: 'custom',
      message: `is "<field>:asc" or "<field>:desc", the field one of ${Object.keys(SORTS).join(', ')}`,
    });
    return z.NEVER;
  });

/** What `GET /clv/value/customers` takes; an empty value is as good as none. */
export const customersQuery = z.object({
  /** A customer id or its beginning. */
  search: text(191).optional(),
  kind: z.enum(['customer', 'prospect']).optional(),
  tier: text(32).optional(),
  stage: z.enum(STAGES).optional(),
  sort,
  page: count(1_000_000).default(1),
  pageSize: count(100).default(25),
});
export type CustomersQuery = z.infer<typeof customersQuery>;

/** The id of a person as an address names it. */
export const personKey = text(36);
