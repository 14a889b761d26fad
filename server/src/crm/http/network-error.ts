import { ConnectorError } from '../connector-error';

const NOT_TRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * An error of the network as a connector's. Nothing of the request is kept: it holds the credentials.
 *
 * @param whose what the host is, at the beginning of a sentence
 */
export function networkError(error: unknown, host: string, whose = 'The CRM at'): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const {
    code = '',
    cause,
    message,
  } = (error ?? {}) as {
    code?: string;
    cause?: { code?: string };
    message?: string;
  };
  // What the guard says of a name that it resolved.
  if (cause instanceof ConnectorError) return cause;
  const codes = [code, cause?.code ?? ''];
  const trusted = !codes.some((each) => NOT_TRUSTED.has(each));
  if (!trusted) {
    return new ConnectorError(
      'config',
      `The certificate of ${host} is not trusted (${codes.find((each) => NOT_TRUSTED.has(each))}). Mend it there, or let Node.js trust its authority by NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (codes.includes('ENOTFOUND')) {
    return new ConnectorError('config', `There is no host ${host}; check the address.`);
  }
  if (codes.includes('ERR_FR_MAX_CONTENT_LENGTH_EXCEEDED') || message?.includes('maxContentLength')) {
    return new ConnectorError(
      'permanent',
      `An answer of ${host} is larger than 64 MB; ask for smaller pages.`,
    );
  }
  const what =
    code === 'ERR_CANCELED' || code === 'ECONNABORTED' || code === 'ETIMEDOUT'
      ? 'did not answer in time'
      : 'could not be reached';
  return new ConnectorError('transient', `${whose} ${host} ${what}${code ? ` (${code})` : ''}.`);
}
