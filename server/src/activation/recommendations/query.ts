import { z } from 'zod';

const MOST_LISTED = 200;
const KEY = /^[a-z0-9:.-]{5,130}\/[A-Za-z0-9]{1,64}(\/[A-Za-z0-9-]{2,16})?$/i;

/** One value, several of the same name, or several with commas between them. */
const list = (one: z.ZodString) =>
  z
    .union([z.string(), z.array(z.string())], 'is neither a value nor a list of values')
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .pipe(z.array(one).max(MOST_LISTED, `names more than ${MOST_LISTED}`));

const key = z
  .string('is given more than once')
  .regex(KEY, 'is no key of a content item, such as "api::article.article/k2x4…/en"');

/** What `GET /api/clv/recommendations` may be asked for. */
export const recommendationsQuery = z.strictObject({
  type: list(
    z.string().regex(/^[a-z0-9:._-]{1,130}$/i, 'is no kind and no uid of a content type'),
  ).optional(),
  locale: z
    .string('is given more than once')
    .regex(/^[A-Za-z0-9-]{2,16}$/, 'is no locale, such as "en"')
    .optional(),
  limit: z
    .string('is given more than once')
    .regex(/^([1-9]|[1-4]\d|50)$/, 'is not a whole number from 1 to 50')
    .transform(Number)
    .default(5),
  exclude: list(key).default([]),
  content: key.optional(),
  channel: z
    .string('is given more than once')
    .min(1, 'is empty')
    .max(64, 'is longer than 64 letters')
    .optional(),
  tier: z
    .string('is given more than once')
    .min(1, 'is empty')
    .max(32, 'is longer than 32 letters')
    .optional(),
  filters: z.unknown().optional(),
  fields: z.unknown().optional(),
  populate: z.unknown().optional(),
});

export type RecommendationsQuery = z.infer<typeof recommendationsQuery>;

/** The same for a customer whom a server names. */
export const customerQuery = recommendationsQuery.omit({ tier: true, channel: true }).extend({
  customerId: z
    .string('is missing, or given more than once')
    .min(1, 'is empty')
    .max(191, 'is longer than 191 letters'),
});

/** The first thing that is wrong with a query, in a sentence. */
export function problemOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(recommendationsQuery.shape).join(', ');
    return `"${issue.keys[0]}" is not a parameter. There are: ${known}.`;
  }
  return `"${String(issue?.path[0])}" ${issue?.message}.`;
}
