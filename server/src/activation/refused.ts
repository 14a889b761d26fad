import { ConnectorError } from '../crm/connector-error';
import type { Context } from '../tracking/http';

/** Something that the caller can put right; `message` says what. */
export class Refused extends Error {
  override name = 'Refused';
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

/** Answers what goes wrong in the form that Strapi's admin expects. */
export const answering = (work: (ctx: Context) => Promise<void>) => async (ctx: Context) => {
  try {
    await work(ctx);
  } catch (error) {
    // What the guard of addresses, or the vault, says is for whoever entered them.
    if (error instanceof ConnectorError) ctx.badRequest(error.message);
    else if (!(error instanceof Refused)) throw error;
    else if (error.status === 404) ctx.notFound(error.message);
    else if (error.status === 409) ctx.conflict(error.message);
    else ctx.badRequest(error.message);
  }
};
