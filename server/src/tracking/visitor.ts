import type { IncomingHttpHeaders } from 'node:http';
import { detached } from './detached';

export const VISITOR_HEADER = 'x-clv-visitor';

const VISITOR_KEY = /^[A-Za-z0-9_-]{16,64}$/;
export const isVisitorKey = (key: string): boolean => VISITOR_KEY.test(key);

export type VisitorReader = (headers: IncomingHttpHeaders) => string | undefined;

/** Makes a function that finds the visitor's key in a request: the header, else the first-party cookie of this name. */
export function visitorReader(cookie: string): VisitorReader {
  const inCookies = new RegExp(`(?:^|; ?)${cookie}=([^;]*)`);
  return (headers) => {
    const header = headers[VISITOR_HEADER];
    if (header !== undefined) return isVisitorKey(String(header)) ? String(header) : undefined;
    const key = headers.cookie?.includes(cookie) ? inCookies.exec(headers.cookie)?.[1] : undefined;
    return key !== undefined && isVisitorKey(key) ? detached(key) : undefined;
  };
}
