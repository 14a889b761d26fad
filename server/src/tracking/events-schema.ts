import { z } from 'zod';
import type { CollectBody, CollectEvent } from '../../../client/src/protocol';
import { isVisitorKey } from './visitor';

export const MAX_EVENTS = 100;

const time = z.number().min(0).max(8.64e15);

/** The envelope; its events are checked one by one, so that a bad one does not sink the others. */
export const collectBody = z.object({
  visitor: z.string().refine(isVisitorKey, 'is not 16 to 64 of A-Z, a-z, 0-9, _ and -').optional(),
  sentAt: time,
  consent: z.enum(['granted', 'denied', 'unknown']).optional(),
  events: z.array(z.unknown()).max(MAX_EVENTS, `holds more than ${MAX_EVENTS} events`),
}) satisfies z.ZodType<Omit<CollectBody, 'events'>>;

export const collectEvent = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'is not 8 to 64 of A-Z, a-z, 0-9, _ and -'),
  kind: z.enum(['view', 'read', 'download']),
  content: z.string().min(1).max(300),
  at: time,
  seconds: z.number().min(0).max(86_400).optional(),
  depth: z.number().min(0).max(100).optional(),
  // Control characters and lone surrogates cannot be stored everywhere.
  channel: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{0,64}$/u, 'is longer than 64 characters or holds control characters')
    .optional(),
}) satisfies z.ZodType<CollectEvent>;

/** The first thing that is wrong, on one line. */
export function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.join('.') || 'the value'}: ${issue.message}`;
}
