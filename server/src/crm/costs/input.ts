import { z } from 'zod';

const ONE_PART = 64;

const part = z.string('is missing, or not text').max(ONE_PART, `is longer than ${ONE_PART} characters`);
/** A part of a key that may be missing; in an address, an empty one is as good as none. */
const optionalPart = part.nullish().transform((text) => text || null);
const count = (most: number) => z.coerce.number('is not a number').int().min(1).max(most);
/** A filter; an empty one is none. */
const filter = <T extends z.ZodType<string>>(schema: T) =>
  schema.transform((text) => text || undefined).optional();
const MONTH = /^(\d{4}-(0[1-9]|1[0-2]))?$/;

/** What `GET /clv/costs` takes. */
export const costsQuery = z.object({
  month: filter(z.string().regex(MONTH, 'is not a month; write it like 2026-01')),
  channel: filter(part),
  page: count(1_000_000).default(1),
  pageSize: count(100).default(25),
});
export type CostsQuery = z.output<typeof costsQuery>;

/** What tells a stored cost apart, and the query of `DELETE /clv/costs`. */
export const costKeyInput = z.object({
  month: part,
  channel: part,
  product_line: optionalPart,
  segment: optionalPart,
});

const cell = z.union([z.string(), z.number()], 'is neither text nor a number').nullish();

/** The body of `PUT /clv/costs`. What stands in the cost is judged as a row of a file. */
export const costInput = z.strictObject({
  cost: z.strictObject(
    {
      month: cell,
      channel: cell,
      amount: cell,
      currency: cell,
      product_line: cell,
      segment: cell,
    },
    {
      error: ({ code }) =>
        code === 'invalid_type' ? 'is missing; say month, channel, amount and currency' : undefined,
    },
  ),
  replaces: costKeyInput.nullish().transform((key) => key ?? null),
});
