import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import { timeOf } from '../shared/cursor';

const DAY = 86_400_000;
const SECOND = 1000;

interface Refusal {
  category?: string;
  message?: string;
  policyName?: string;
  errors?: { code?: string; message?: string; context?: Record<string, string[]> }[];
}

/** How HubSpot says that something is wrong. @param offset of the account's time zone, where it is known */
export function explainer(now: () => number, offset: () => number) {
  return (answer: HttpAnswer<unknown>): ConnectorError | null => {
    const said = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as Refusal;
    if (answer.status === 429) return tooMany(answer, said, timeOf(answer) ?? now(), offset());
    if (answer.status === 423) return new ConnectorError('transient', 'HubSpot is busy with these records.');
    if (answer.status === 403) return scopesMissing(said);
    if (answer.status === 400) return propertyMissing(said);
    return null;
  };
}

/** The day of an account begins at its own midnight; until then nothing goes any more. */
function tooMany(
  { headers }: HttpAnswer<unknown>,
  { policyName, message = '' }: Refusal,
  now: number,
  offset: number,
): ConnectorError | null {
  if (policyName === 'DAILY') {
    const retryAfterMs = DAY - ((now + offset) % DAY);
    return new ConnectorError(
      'rate-limit',
      'The requests that HubSpot allows in a day are used up; it goes on at midnight of the account.',
      { retryAfterMs },
    );
  }
  if (headers['retry-after'] !== undefined) return null;
  const retryAfterMs = policyName === 'SECONDLY' || /secondly/i.test(message) ? SECOND : 10 * SECOND;
  return new ConnectorError('rate-limit', 'HubSpot asks for fewer requests.', { retryAfterMs });
}

function scopesMissing({ errors = [] }: Refusal): ConnectorError | null {
  const scopes = errors.flatMap(({ context }) => context?.requiredGranularScopes ?? []);
  if (scopes.length === 0) return null;
  return new ConnectorError(
    'auth',
    `The app in HubSpot lacks a right: ${scopes.join(', ').slice(0, 200)}. Grant it there, and use the new token.`,
  );
}

function propertyMissing({ message = '', errors = [] }: Refusal): ConnectorError | null {
  const missing = /PROPERTY_DOESNT_EXIST/.test(`${message} ${errors.map(({ code }) => code).join(' ')}`);
  if (!missing) return null;
  const name = /[Pp]roperty \\?"(\w{1,60})\\?"/.exec(message)?.[1];
  return new ConnectorError(
    'config',
    `HubSpot has no property ${name ? `"${name}"` : 'that is written to'}. Create the fields of insights for this connection again, or change the mapping.`,
  );
}
