import { z } from 'zod';
import { isVisitorKey } from '../tracking/visitor';
import { normaliseEmail } from './email-hash';

/** One line that every database takes as it is. */
const printable = /^[^\p{Cc}\p{Cs}]*$/u;

export const customerIdSchema = z
  .string('is not text; write a number as a string')
  .trim()
  .min(1, 'is empty')
  .max(191, 'is longer than 191 characters')
  .regex(printable, 'holds a control character');

export const emailSchema = z
  .string('is not text')
  .max(254, 'is longer than 254 characters')
  .transform(normaliseEmail)
  .pipe(z.email('is not an email address'));

export const visitorSchema = z
  .string('is not text')
  .refine(isVisitorKey, 'is not a visitor key: 16 to 64 of A-Z, a-z, 0-9, _ and -');

/** The first thing wrong with a body or a query, as "<field> <what>". */
export function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.join('.') || 'The body'} ${issue.message}`;
}
