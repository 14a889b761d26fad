import { z } from 'zod';
import { currencyIn } from './currency';
import { optional } from './fields';
import type { Rules } from './rules';

export interface Problem {
  /** The first column that is wrong; null when it is the row as a whole. */
  field: string | null;
  /** What is wrong and what to do, with the column's name. */
  reason: string;
}

/** A row as it will be stored, or why it will not. */
export type Parsed<T> = { row: T } | Problem;

/**
 * Reads rows of one kind. How many decimals an amount may have depends on the row's currency, so `schemaFor` gives a
 * schema for each; null when the row's currency cannot be used.
 */
export function rowParser<T>(rules: Rules, schemaFor: (currency: string | null) => z.ZodType<T>) {
  const currencyOf = z.object({ currency: optional(currencyIn(rules)) });
  const schemas = new Map<string | null, z.ZodType<T>>();

  return (raw: unknown): Parsed<T> => {
    const stated = currencyOf.safeParse(raw);
    const currency = stated.success ? (stated.data.currency ?? rules.currency) : null;
    let schema = schemas.get(currency);
    if (!schema) {
      schema = schemaFor(currency);
      schemas.set(currency, schema);
    }
    const result = schema.safeParse(raw);
    return result.success ? { row: result.data } : problemOf(result.error);
  };
}

/** All that is wrong with a row, as one reason that names each column. */
function problemOf(error: z.ZodError): Problem {
  const named = error.issues.map(({ path, message }) => ({ field: path.join('.') || null, message }));
  return {
    field: named[0]?.field ?? null,
    reason: named.map(({ field, message }) => `${field ?? 'the row'} ${message}`).join('; '),
  };
}
