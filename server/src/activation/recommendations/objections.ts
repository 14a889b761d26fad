import type { IncomingHttpHeaders } from 'node:http';
import type { ClvConfig } from '../../config';

/** Whether a request says that its visitor wants nothing to be used of them. */
export function objects(headers: IncomingHttpHeaders, consent: ClvConfig['consent']): boolean {
  return (headers['sec-gpc'] === '1' && consent.respectGpc) || (headers.dnt === '1' && consent.respectDnt);
}
