import { z } from 'zod';
import { customerIdSchema, emailSchema, visitorSchema } from '../identity/identifiers';

/** About whom somebody asks, by exactly one of these. */
export type Subject =
  | { customerId: string }
  | { email: string }
  | { personId: string }
  /** A browser alone: whoever it is linked to stays. */
  | { visitor: string };

const fields = {
  customerId: customerIdSchema.optional(),
  email: emailSchema.optional(),
  visitor: visitorSchema.optional(),
  personId: z.uuid('is not the id of a person').optional(),
};

export const subjectSchema = z
  .strictObject(fields)
  .refine((body) => Object.values(body).filter((value) => value !== undefined).length === 1, {
    message: `must name exactly one of ${Object.keys(fields).join(', ')}`,
  })
  .transform((body) => body as Subject);
