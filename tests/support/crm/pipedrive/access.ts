import { randomBytes } from 'node:crypto';
import type { Answered, Asked } from '../served';
import { demand, Refusal } from './refusal';

export const TOKEN = 'f0e1d2c3b4a5968778695a4b3c2d1e0f12345678';
export const CLIENT = { id: 'app-4711', secret: 'client-secret-of-the-app', code: 'code-from-consent' };
export const REFRESH_TOKEN = 'refresh-token-of-the-company';
export const REDIRECT_URL = 'https://shop.example/clv/oauth';

/** Who may come in: by the API token, or by access tokens of an app. */
export function accessOf() {
  const valid = new Set<string>();

  function issue(apiDomain: string): Answered {
    const access_token = `access-${randomBytes(12).toString('hex')}`;
    valid.add(access_token);
    const answer = {
      access_token,
      refresh_token: REFRESH_TOKEN,
      token_type: 'Bearer',
      scope: 'base,contacts:full,deals:read,contact-fields:full',
      expires_in: 3599,
      api_domain: apiDomain,
    };
    return { status: 200, body: answer };
  }

  return {
    /** @throws Refusal 401 */
    check({ headers }: Asked): void {
      const bearer = headers.authorization?.replace(/^Bearer /, '');
      const known = headers['x-api-token'] === TOKEN || (bearer !== undefined && valid.has(bearer));
      demand(known, 'unauthorized access', 401);
    },
    /** RFC 6749; errors have a shape of their own. */
    token(asked: Asked, apiDomain: string): Answered {
      const { headers, body } = asked;
      const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
      if (headers.authorization !== `Basic ${basic}`) return wrong(401, 'invalid_client');
      if (!String(headers['content-type']).includes('x-www-form-urlencoded'))
        return wrong(400, 'invalid_request');
      const byRefresh = body.grant_type === 'refresh_token' && body.refresh_token === REFRESH_TOKEN;
      const byCode =
        body.grant_type === 'authorization_code' &&
        body.code === CLIENT.code &&
        body.redirect_uri === REDIRECT_URL;
      return byRefresh || byCode ? issue(apiDomain) : wrong(400, 'invalid_grant');
    },
    /** Makes every access token that was handed out worthless. */
    expire: () => valid.clear(),
  };
}

const wrong = (status: number, error: string): Answered => ({
  status,
  body: { success: false, error, message: error },
});

/** Bodies are JSON and nothing else. */
export function demandJson({ method, headers, raw }: Asked): void {
  if (method === 'GET' || method === 'DELETE' || raw.length === 0) return;
  if (!String(headers['content-type']).startsWith('application/json')) {
    throw new Refusal(415, 'Content-Type must be application/json');
  }
}
