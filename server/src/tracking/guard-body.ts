import { answer, type Context, discardRest, type Next } from './http';

const TAKEN = /^(application\/json|text\/plain)\s*(;|$)/i;

/** What is wrong with how a body is packed, or null. */
function problemOf({
  'content-type': type,
  'content-encoding': encoding,
}: Context['req']['headers']): string | null {
  if (type && !TAKEN.test(type)) return `The content type is ${type.slice(0, 100)}; send application/json.`;
  if (encoding && encoding !== 'identity') return 'The body is compressed; send it as it is.';
  return null;
}

/**
 * Lets only plain JSON through to Strapi's body parser. Anybody may call these routes, and the parser answers a broken
 * upload or archive with 500 and a stack trace in the log.
 */
export function guardBody(ctx: Context, next: Next): unknown {
  const problem = problemOf(ctx.req.headers);
  if (!problem) return next();
  ctx.respond = false;
  answer(ctx.res, 415, { 'Content-Type': 'application/json' }, JSON.stringify({ error: problem }));
  discardRest(ctx.req);
}
