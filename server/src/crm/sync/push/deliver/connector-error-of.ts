import { reasonOf } from '../../../../jobs/errors';
import { ConnectorError, type ErrorKind } from '../../../connector-error';

const KINDS: Record<ErrorKind, true> = {
  auth: true,
  config: true,
  'rate-limit': true,
  transient: true,
  permanent: true,
};

/**
 * What a connector threw, as one of its errors. One that an app made itself may come from another copy of the class; anything
 * else that goes wrong may go well another time.
 */
export function connectorErrorOf(thrown: unknown): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const { name, kind, retryAfterMs } = (thrown ?? {}) as Partial<ConnectorError>;
  const known = name === 'ConnectorError' && kind !== undefined && Object.hasOwn(KINDS, kind);
  return new ConnectorError(known ? kind : 'transient', reasonOf(thrown), { retryAfterMs });
}
