import { z } from 'zod';
import type { GroupSort, RankingSort } from './api-types';

const SORTS = ['position', 'title', 'exposed', 'rho', 'difference', 'excess', 'qValue', 'score'] as const;
const GROUP_SORTS = [
  'value',
  'items',
  'comparable',
  'associated',
  'belowTypical',
  'excess',
  'qValue',
  'readings',
] as const;
const VERDICTS = [
  'associated',
  'below typical',
  'not distinguishable',
  'support-like',
  'not enough data',
] as const;

/** Text of one line; PostgreSQL refuses a NUL in any. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^\P{Cc}*$/u, 'holds a control character; remove it');

const count = (most: number) => z.coerce.number().int().min(1).max(most);

/** "<field>:asc" or "<field>:desc", the field one of those given. */
const sortBy = <Field extends string>(fields: readonly Field[], usual: `${Field}:asc` | `${Field}:desc`) =>
  z
    .string()
    .default(usual)
    .transform((value, context): { by: Field; direction: 'asc' | 'desc' } => {
      const [by, direction = 'asc'] = value.split(':');
      const known = fields.find((name) => name === by);
      if (known && (direction === 'asc' || direction === 'desc')) return { by: known, direction };
      context.addIssue({
        code: 'custom',
        message: `is "<field>:asc" or "<field>:desc", the field one of ${fields.join(', ')}`,
      });
      return z.NEVER;
    });

/** A part of the persons: "channel:newsletter"; empty for everyone. */
const slice = text(96)
  .default('')
  .transform((written) => {
    const colon = written.indexOf(':');
    return colon < 0
      ? { of: '', value: written }
      : { of: written.slice(0, colon), value: written.slice(colon + 1) };
  });

/** What content belongs to: "author:Jane Doe". */
const group = text(224)
  .transform((written, context) => {
    const colon = written.indexOf(':');
    if (colon > 0) return { dimension: written.slice(0, colon), value: written.slice(colon + 1) };
    context.addIssue({ code: 'custom', message: 'is "<dimension>:<value>", such as "author:Jane Doe"' });
    return z.NEVER;
  })
  .optional();

const pages = { page: count(1_000_000).default(1), pageSize: count(100).default(25) };

/** What `GET /clv/rankings` takes; an empty value is as good as none. */
export const rankingQuery = z.object({
  landmark: text(16).optional(),
  slice,
  kind: text(64).optional(),
  locale: text(16).optional(),
  group,
  verdict: z.enum(VERDICTS).optional(),
  search: text(200).optional(),
  sort: sortBy<RankingSort>(SORTS, 'position:asc'),
  ...pages,
});
export type RankingQuery = z.infer<typeof rankingQuery>;

/** What `GET /clv/rankings/groups` takes; `search` goes by the groups' names. */
export const groupQuery = z.object({
  by: text(32).min(1),
  landmark: text(16).optional(),
  slice,
  kind: text(64).optional(),
  locale: text(16).optional(),
  group,
  search: text(200).optional(),
  sort: sortBy<GroupSort>(GROUP_SORTS, 'excess:desc'),
  ...pages,
});
export type GroupQuery = z.infer<typeof groupQuery>;

/** What `GET /clv/rankings/group-values` takes. */
export const groupValuesQuery = z.object({
  by: text(32).min(1),
  search: text(200).optional(),
  limit: count(100).default(20),
});

/** What `GET /clv/rankings/item` takes: an entry of the Content Manager. */
export const itemQuery = z.object({
  uid: text(191).min(1),
  documentId: text(64).min(1),
  locale: text(16).default(''),
});
export type ItemQuery = z.infer<typeof itemQuery>;
