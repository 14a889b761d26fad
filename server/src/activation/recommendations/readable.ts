import { createHash } from 'node:crypto';
import { authenticate } from '../../identity/proof/strapi-login';
import type { Strapi } from '../../room';
import type { ContentsService } from '../../tracking/contents/service';
import type { Context } from '../../tracking/http';

/** What whoever sends a request may read, by uid. */
export interface Readable {
  /** One by one or in lists: what may be named. */
  any: ReadonlySet<string>;
  /** In lists: whose entries may be handed out. */
  lists: ReadonlySet<string>;
  /** Whether it is an API token, which servers have. */
  byToken: boolean;
}

/** How long a role's permissions are believed. */
const BELIEVED_MS = 5_000;
const MOST_KEPT = 1_000;

const digest = (authorization: string) => createHash('sha256').update(authorization).digest('base64');

/**
 * Makes a function that says which tracked types whoever sends a request may read through the content API. Strapi's own
 * permissions decide: those of the public role, of the user who is logged in, or of the API token; they are remembered for
 * seconds, by the `Authorization` header.
 */
export function readableTypes(strapi: Strapi): (ctx: Context) => Promise<Readable> {
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');
  const kept = new Map<string, { until: number; readable: Promise<Readable> }>();

  async function ask(ctx: Context): Promise<Readable> {
    const any = new Set<string>();
    const lists = new Set<string>();
    const auth = await authenticate(strapi, ctx);
    const may = (scope: string) =>
      strapi
        .get('auth')
        .verify(auth, { scope: [scope] })
        .then(
          () => true,
          () => false,
        );
    for (const uid of auth ? contents().types().keys() : []) {
      if (await may(`${uid}.find`)) lists.add(uid);
      if (lists.has(uid) || (await may(`${uid}.findOne`))) any.add(uid);
    }
    return { any, lists, byToken: auth?.strategy.name === 'content-api-token' };
  }

  return (ctx) => {
    const { authorization } = ctx.req.headers;
    const key = authorization === undefined ? '' : digest(authorization);
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.readable;
    if (kept.size >= MOST_KEPT) kept.clear();
    const readable = ask(ctx);
    kept.set(key, { until: Date.now() + BELIEVED_MS, readable });
    readable.catch(() => kept.delete(key));
    return readable;
  };
}
