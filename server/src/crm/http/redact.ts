import { ConnectorError } from '../connector-error';

/** Shorter texts are no secrets, and taking them out would leave riddles. */
const SHORTEST = 6;

/**
 * Takes secrets out of an error's message, whoever put them there: a CRM may well quote what it was sent. What is added
 * to the list later, such as a fresh token, is taken out too.
 */
export function redactor(secrets: string[]): (error: ConnectorError) => ConnectorError {
  return (error) => {
    let message = error.message;
    for (const secret of secrets) {
      if (secret.length < SHORTEST) continue;
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        message = message.replaceAll(form, '[secret]');
      }
    }
    if (message === error.message) return error;
    return new ConnectorError(error.kind, message, { retryAfterMs: error.retryAfterMs });
  };
}
