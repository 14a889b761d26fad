import type { z } from 'zod';
import { firstProblem } from '../../identity/identifiers';
import { JobRunning } from '../../jobs/errors';
import type { Context } from '../../tracking/http';
import { ConnectorError } from '../connector-error';
import type { CrmProblem } from './api-types';
import { WrongEntry } from './connections/options';

/** Something that the caller can put right: `message` says what. */
class BadRequest extends Error {}

/** @throws what `answering` answers with status 400 */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadRequest(`${firstProblem(result.error)}.`);
}

/** Answers what goes wrong in the form that Strapi's admin expects; a CRM's refusal with status 422 and its kind. */
export async function answering(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof BadRequest) ctx.badRequest(error.message);
    else if (error instanceof ConnectorError) ctx.unprocessableEntity(error.message, problemOf(error));
    else if (error instanceof JobRunning) {
      ctx.conflict('A run of this stream is under way; wait for it or pause the stream.', {
        jobId: error.jobId,
      });
    } else throw error;
  }
}

function problemOf(error: ConnectorError): CrmProblem {
  const field = error instanceof WrongEntry ? error.field : undefined;
  return field === undefined ? { kind: error.kind } : { kind: error.kind, field };
}
