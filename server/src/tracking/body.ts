import type { IncomingMessage } from 'node:http';
import { Refusal } from './http';

export const MAX_BODY_BYTES = 64 * 1024;
const MAX_BODY_MS = 10_000;

/**
 * Reads a request's body into memory, but never more of it than is allowed.
 *
 * @throws {Refusal} 413 as soon as it is known to be too large, 408 when it takes too long, 400 when it breaks off
 */
export function readBody(
  req: IncomingMessage,
  { maxBytes = MAX_BODY_BYTES, maxMs = MAX_BODY_MS } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => new Refusal(413, `The body is larger than ${maxBytes} bytes; send fewer events.`);
    if (Number(req.headers['content-length']) > maxBytes) return reject(tooLarge());

    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (error?: Refusal) => {
      clearTimeout(timer);
      req.off('data', take).off('end', finish).off('close', breakOff).off('error', breakOff);
      if (error) return reject(error);
      resolve((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString('utf8'));
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return settle(tooLarge());
      chunks.push(chunk);
    };
    const finish = () => settle();
    const breakOff = () => settle(new Refusal(400, 'The body broke off.'));
    const timer = setTimeout(() => settle(new Refusal(408, 'The body took too long.')), maxMs);
    req.on('data', take).on('end', finish).on('close', breakOff).on('error', breakOff);
  });
}
