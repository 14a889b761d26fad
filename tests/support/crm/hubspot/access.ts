import type { Answered, Asked } from '../served';
import { demand, Refusal } from './refusal';

export const TOKEN = 'pat-eu1-11111111-aaaa-bbbb-cccc-000000000000';
export const CLIENT = { id: 'client-of-hubspot', secret: 'client-secret-of-hubspot' };
export const REFRESH_TOKEN = 'refresh-token-of-hubspot';
export const HUB_ID = '62515';

/** Who may come in. */
export function accessOf() {
  let granted = 0;
  let valid = new Set<string>();
  /** Seconds that a token is said to last. */
  const lasts = { seconds: 1800 };

  return {
    lasts,
    granted: () => granted,
    expire() {
      valid = new Set();
    },
    check({ headers }: Asked): void {
      const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
      if (token === TOKEN || (token && valid.has(token))) return;
      const message = 'Authentication credentials not found. This API supports OAuth 2.0 authentication.';
      throw new Refusal(401, 'INVALID_AUTHENTICATION', message);
    },
    async grant({ headers, body }: Asked): Promise<Answered> {
      demand(headers['content-type']?.startsWith('application/x-www-form-urlencoded'), 'no form');
      demand(body?.client_id === CLIENT.id && body.client_secret === CLIENT.secret, 'BAD_CLIENT_SECRET');
      if (body.grant_type === 'authorization_code') {
        demand(body.code === 'a-good-code' && body.redirect_uri, 'BAD_AUTH_CODE');
      } else {
        demand(
          body.grant_type === 'refresh_token' && body.refresh_token === REFRESH_TOKEN,
          'BAD_REFRESH_TOKEN',
        );
      }
      granted += 1;
      const token = `access-token-${granted}-of-hubspot`;
      valid.add(token);
      const answer = { access_token: token, refresh_token: REFRESH_TOKEN, expires_in: lasts.seconds };
      return { status: 200, body: { ...answer, token_type: 'bearer' } };
    },
  };
}
export type Access = ReturnType<typeof accessOf>;
