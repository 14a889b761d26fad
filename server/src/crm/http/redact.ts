import { ConnectorError } from '../connector-error';

/** Shorter texts are no secrets, and taking them out would leave riddles. */
const SHORTEST = 6;

/**
 * Takes secrets out of a text, also as they stand in addresses, forms, JSON and base64. What is added to the list later,
 * such as a fresh token, is taken out too.
 */
export function textRedactor(...lists: (readonly string[])[]): (text: string) => string {
  const forms = new Map<string, string[]>();
  return (text) => {
    let clean = text;
    for (const secret of lists.flat()) {
      if (secret.length < SHORTEST) continue;
      if (!forms.has(secret)) forms.set(secret, formsOf(secret));
      for (const form of forms.get(secret)!) clean = clean.replaceAll(form, '[secret]');
    }
    return clean;
  };
}

/** The same for an error's message, whoever put them there: a CRM may well quote what it was sent. */
export function redactor(...lists: (readonly string[])[]): (error: ConnectorError) => ConnectorError {
  const redact = textRedactor(...lists);
  return (error) => {
    const message = redact(error.message);
    if (message === error.message) return error;
    return new ConnectorError(error.kind, message, { retryAfterMs: error.retryAfterMs });
  };
}

/** The longest first: one may be a part of another. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = new Set([
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ]);
  // Behind something else, as in `name:secret`, base64 divides the bytes in another place; the ends depend on the rest.
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    forms.add(
      encoded.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1),
    );
  }
  return [...forms].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}
