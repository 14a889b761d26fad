import { authenticate } from '../../identity/proof/strapi-login';
import type { Strapi } from '../../room';
import type { Context } from '../http';

/**
 * Whether whoever sends a request may read entries of a type through the content API, one by one or in lists. Strapi's
 * own permissions decide: those of the public role, of the user who is logged in, or of the API token.
 */
export async function mayRead(strapi: Strapi, ctx: Context, uid: string): Promise<boolean> {
  const auth = await authenticate(strapi, ctx);
  if (!auth) return false;
  const allowed = await Promise.all(
    [`${uid}.findOne`, `${uid}.find`].map((scope) =>
      strapi
        .get('auth')
        .verify(auth, { scope: [scope] })
        .then(
          () => true,
          () => false,
        ),
    ),
  );
  return allowed.includes(true);
}
