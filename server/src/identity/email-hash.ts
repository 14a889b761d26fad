import { createHmac } from 'node:crypto';

/** One spelling of an address: no space around it, composed characters (NFC), lower case. */
export const normaliseEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** HMAC-SHA-256 of the normalised address as 64 hexadecimal digits: it matches, and tells nothing without the key. */
export const hashEmail = (key: string, email: string): string =>
  createHmac('sha256', key).update(normaliseEmail(email)).digest('hex');
