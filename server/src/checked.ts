import { z } from 'zod';
import type { Context } from './tracking/http';

/** What a request holds, checked; null after it was answered with what is wrong (400). */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  ctx: Context,
  given: unknown,
): z.output<Schema> | null {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  ctx.badRequest(z.prettifyError(parsed.error));
  return null;
}

/** The same of its query, in which a screen may leave what it does not ask for empty. */
export const checkedQuery = <Schema extends z.ZodType>(
  schema: Schema,
  ctx: Context,
): z.output<Schema> | null => checked(schema, ctx, withoutEmpty(ctx.query));

/** Drops parameters that are there but empty, as forms send them. */
function withoutEmpty(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
