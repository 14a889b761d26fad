import { configOf } from '../../config';
import type { Strapi } from '../../room';
import type { Context } from '../../tracking/http';
import type { IdentifyBody } from '../api-types';
import { IdentityError } from '../identity-error';
import type { Who } from '../service';
import { readSignedToken } from './signed-token';
import { readLogin } from './strapi-login';

export type Proof = Who & { source: 'token' | 'login' | 'api' };

const WAYS =
  'Prove who it is with a signed token (body: token), or an Authorization header with a users-permissions login or an API token.';
const NAMES_NEED_API_TOKEN =
  'customerId and email in the body count only with an API token, sent from a server (Authorization: Bearer …). In a browser, send a signed token whose claims name them.';

/**
 * Whom a request proves to come from or, with an API token, names. A token in the body goes before a login, which a
 * browser may send along anyway.
 *
 * @throws IdentityError 400, 401 or 403 with what to change
 */
export async function prove(strapi: Strapi, ctx: Context, body: IdentifyBody): Promise<Proof> {
  const { token, customerId, email } = body;
  const named = customerId !== undefined || email !== undefined;
  if (token !== undefined) {
    if (named) throw new IdentityError(400, `A token names the person itself. ${NAMES_NEED_API_TOKEN}`);
    const { secret } = configOf(strapi).identity;
    if (!secret) {
      throw new IdentityError(400, 'Signed tokens are not set up: clv.config.identity.secret is missing.');
    }
    return { ...readSignedToken(token, secret), source: 'token' };
  }
  if (!ctx.req.headers.authorization) {
    throw named
      ? new IdentityError(400, NAMES_NEED_API_TOKEN)
      : new IdentityError(401, `There is no proof. ${WAYS}`);
  }
  const login = await readLogin(strapi, ctx);
  if (login.kind === 'user') {
    if (named) throw new IdentityError(400, `A login names the person itself. ${NAMES_NEED_API_TOKEN}`);
    return { userId: login.userId, email: login.email, source: 'login' };
  }
  if (!named)
    throw new IdentityError(400, 'With an API token the body names the person: customerId, email or both.');
  return { customerId, email, source: 'api' };
}
