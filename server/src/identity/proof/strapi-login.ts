import type { Strapi } from '../../room';
import type { Context } from '../../tracking/http';
import { IdentityError } from '../identity-error';

/** Whoever the `Authorization` header of a request stands for. */
export type Login = { kind: 'api-token' } | { kind: 'user'; userId: string; email?: string };

/** What a custom API token must be allowed to do. */
const SCOPE = 'plugin::clv.identity.identify';

interface StrapiAuth {
  strategy: { name: string };
  credentials: unknown;
}

interface User {
  id: number | string;
  documentId?: string;
  email?: string | null;
  confirmed?: boolean | null;
}

/**
 * Asks Strapi's own authentication who sends a request. The route itself is open to all, since a signed token needs no
 * login; so the question is put with a copy of the context that stands for a route of the content API.
 */
export async function authenticate(strapi: Strapi, ctx: Context): Promise<StrapiAuth | null> {
  let refused = false;
  const question = Object.create(ctx, {
    state: { value: { route: { info: { type: 'content-api' }, config: {} } }, writable: true },
    unauthorized: {
      value: () => {
        refused = true;
      },
    },
  });
  await strapi.get('auth').authenticate(question, async () => undefined);
  return refused ? null : (question.state.auth ?? null);
}

/**
 * The email of a user who has shown that they read its mail. While users-permissions asks nobody to confirm, which is
 * its default, it calls everybody confirmed who registers, with whatever address they type.
 */
async function provenEmail(strapi: Strapi, user: User): Promise<string | undefined> {
  const settings = await strapi.store({ type: 'plugin', name: 'users-permissions', key: 'advanced' }).get();
  const asked = (settings as { email_confirmation?: boolean } | null)?.email_confirmation === true;
  return asked && user.confirmed && user.email ? user.email : undefined;
}

/**
 * The users-permissions user or the API token of a request, verified by Strapi.
 *
 * @throws IdentityError 401 when it is neither, 403 when the API token may not identify
 */
export async function readLogin(strapi: Strapi, ctx: Context): Promise<Login> {
  const auth = await authenticate(strapi, ctx);
  if (auth?.strategy.name === 'content-api-token') {
    try {
      await strapi.get('auth').verify(auth, { scope: [SCOPE] });
    } catch {
      throw new IdentityError(
        403,
        `The API token may not identify: give it full access, or a custom one the permission ${SCOPE}.`,
      );
    }
    return { kind: 'api-token' };
  }
  if (auth?.strategy.name === 'users-permissions' && auth.credentials) {
    const user = auth.credentials as User;
    return {
      kind: 'user',
      userId: String(user.documentId ?? user.id),
      email: await provenEmail(strapi, user),
    };
  }
  throw new IdentityError(
    401,
    'The Authorization header holds no valid login and no valid API token; it may have expired.',
  );
}
