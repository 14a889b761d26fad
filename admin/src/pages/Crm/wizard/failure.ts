import type { ErrorKind } from '../../../../../server/src/crm/sync/api-types';
import { crmProblem } from '../crm-api';

/** What went wrong with the test of a connection. */
export interface Failure {
  message: string;
  /** Unknown when it was not the CRM. */
  kind: ErrorKind | null;
  /** The entry of the form that is wrong. */
  field: string | null;
  /** A host of the operator's own network, which the app's configuration must name. */
  privateHost: string | null;
}

/** The server's sentence names the setting, and before it the host in quotes. */
const PRIVATE_HOST = /"([^"]+)" to clv\.config\.crm\.privateHosts/;

/** @param message what the screen says of the error */
export function failureOf(error: unknown, message: string): Failure {
  const problem = crmProblem(error);
  return {
    message,
    kind: problem?.kind ?? null,
    field: problem?.field ?? null,
    privateHost: message.match(PRIVATE_HOST)?.[1] ?? null,
  };
}
