import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';

/** What other exceptions than Tryton's own say when the same request may work in a while. */
const PASSING = /locked|deadlock|could not (serialize|connect)|connection|too many clients|time(d )?out/i;

/** A status that says something else here than elsewhere. */
export function explain({ status }: HttpAnswer<unknown>): ConnectorError | null {
  if (status !== 404) return null;
  return new ConnectorError('config', 'There is no such database at this address; check both.');
}

/** The error in an answer of JSON-RPC, which has the status 200; null when there is none. */
export function refusal({ body }: HttpAnswer<unknown>): ConnectorError | null {
  const error = (body as { error?: unknown } | null)?.error;
  if (!Array.isArray(error)) return null;
  const [name, detail] = error as [string, unknown];
  const words = [detail].flat().map(String);
  if (name === 'UserError') return new ConnectorError('permanent', said(words[0]));
  if (name === 'UserWarning') return new ConnectorError('permanent', said(words[1]));
  if (name === 'ConcurrencyException') {
    return new ConnectorError('transient', 'Somebody else changed the same record in Tryton just now.');
  }
  return new ConnectorError(PASSING.test(name) ? 'transient' : 'permanent', said(name));
}

const said = (text = '') =>
  `Tryton refuses it: ${text
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .slice(0, 300)}.`;
