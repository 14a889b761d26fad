import { randomUUID } from 'node:crypto';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { insertRows } from '../../../storage/insert-rows';
import { ConnectorError } from '../../connector-error';
import { addressOf } from './addresses';
import { vaultOf } from './vault';

/*
 * Consent by OAuth 2 (RFC 6749, 4.1): the user is sent to the CRM with a state, and comes back with that state and a
 * code. A state is encrypted and authenticated (AES-GCM), so that nobody else can make one; it is good for ten minutes,
 * and once.
 */

const STATE_MS = 600_000;

interface State {
  connectionId: string;
  nonce: string;
  until: number;
}

const keyOf = (connectionId: string) => `crm.oauth.${connectionId}`;

/** Where the CRM sends its user back to; it must be told there, when the app is registered in the CRM. */
export const redirectUrlOf = (strapi: Strapi): string => addressOf(strapi, '/crm/oauth');

/** @throws ConnectorError config when the app has no key to seal it with */
export async function issueState(strapi: Strapi, connectionId: string, now = Date.now()): Promise<string> {
  const nonce = randomUUID();
  const state: State = { connectionId, nonce, until: now + STATE_MS };
  const sealed = vaultOf(strapi).seal(JSON.stringify(state));
  const columns = [
    { name: 'key', type: 'text' as const },
    { name: 'value', type: 'text' as const },
  ];
  const row = [keyOf(connectionId), nonce];
  await insertRows(knexOf(strapi), 'clv_settings', columns, [row], { key: 'key', update: ['value'] });
  return sealed;
}

/** @returns the connection it was issued for @throws ConnectorError auth when it is not ours, too old or was used */
export async function redeemState(strapi: Strapi, sealed: string, now = Date.now()): Promise<string> {
  const state = readState(strapi, sealed);
  if (state && state.until > now) {
    const issued = { key: keyOf(state.connectionId), value: state.nonce };
    // Whoever deletes it has it.
    if ((await knexOf(strapi)('clv_settings').where(issued).delete()) > 0) return state.connectionId;
  }
  throw new ConnectorError(
    'auth',
    'This consent is over ten minutes old or was used already; begin it again on the CRM page.',
  );
}

function readState(strapi: Strapi, sealed: string): State | null {
  try {
    return JSON.parse(vaultOf(strapi).open(sealed));
  } catch {
    // Whoever made it up learns nothing of why it is wrong.
    return null;
  }
}
