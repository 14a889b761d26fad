import { createHmac, randomBytes } from 'node:crypto';
import { configOf } from '../config';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { keepFirst } from '../storage/settings';

/** The key of the email hashes, or why there is none and what to do about it. */
export type EmailKey = { key: string } | { refused: string };

const KEY_SETTING = 'identity.emailKey';
const MARK_SETTING = 'identity.emailKeyMark';
const OR_SET_ONE = 'or set clv.config.identity.emailKey (make one with: openssl rand -base64 48).';

async function keptKey(strapi: Strapi): Promise<EmailKey> {
  const encryption = strapi.service('admin::encryption') as {
    encrypt(value: string): string | null;
    decrypt(value: string): string | null;
  };
  const fresh = encryption.encrypt(randomBytes(48).toString('base64'));
  if (fresh === null) {
    return {
      refused: `Emails cannot be hashed: this app has no encryption key to keep the hashes' key with. Set admin.secrets.encryptionKey in config/admin, ${OR_SET_ONE}`,
    };
  }
  const key = encryption.decrypt(await keepFirst(knexOf(strapi), KEY_SETTING, fresh));
  if (key === null) {
    return {
      refused: `Emails cannot be hashed: the key of their hashes was encrypted with another admin.secrets.encryptionKey. Put that one back, ${OR_SET_ONE}`,
    };
  }
  return { key };
}

/** Hashes made with different keys never match, so a change of key must not pass unseen. */
async function warnOfChange(strapi: Strapi, key: string): Promise<void> {
  const knex = knexOf(strapi);
  const mark = createHmac('sha256', key).update('clv email key').digest('hex').slice(0, 16);
  if ((await keepFirst(knex, MARK_SETTING, mark)) === mark) return;
  await knex('clv_settings').where({ key: MARK_SETTING }).update({ value: mark });
  strapi.log.warn(
    '[clv] the key of the email hashes changed: emails stored before no longer match. Put the former key back, or import the customers again.',
  );
}

/** Takes the key from the configuration, else the one that was made at the first boot, else makes it. */
export async function loadEmailKey(strapi: Strapi): Promise<EmailKey> {
  const configured = configOf(strapi).identity.emailKey;
  const emailKey = configured ? { key: configured } : await keptKey(strapi);
  if ('refused' in emailKey) strapi.log.warn(`[clv] ${emailKey.refused}`);
  else await warnOfChange(strapi, emailKey.key);
  return emailKey;
}
