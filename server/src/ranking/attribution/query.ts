import { z } from 'zod';
import { text } from '../query';
import type { AttributionSort } from './api-types';
import { MODELS } from './body';

const SORTS: AttributionSort[] = [...MODELS, 'orders', 'title'];

const count = (most: number) => z.coerce.number().int().min(1).max(most);

const sort = z
  .string()
  .default('linear:desc')
  .transform((value, context): { by: AttributionSort; direction: 'asc' | 'desc' } => {
    const [by, direction = 'desc'] = value.split(':');
    const known = SORTS.find((name) => name === by);
    if (known && (direction === 'asc' || direction === 'desc')) return { by: known, direction };
    context.addIssue({
      code: 'custom',
      message: `is "<field>:asc" or "<field>:desc", the field one of ${SORTS.join(', ')}`,
    });
    return z.NEVER;
  });

/** What `GET /clv/attribution` takes. */
export const attributionQuery = z.object({
  kind: text(64).optional(),
  locale: text(16).optional(),
  search: text(200).optional(),
  sort,
  page: count(1_000_000).default(1),
  pageSize: count(100).default(25),
});
export type AttributionQuery = z.infer<typeof attributionQuery>;
