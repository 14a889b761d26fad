import type { z } from 'zod';
import { firstProblem } from '../../identity/identifiers';
import { Refused } from '../refused';

/** @throws Refused 400 */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refused(400, `${firstProblem(result.error)}.`);
}
