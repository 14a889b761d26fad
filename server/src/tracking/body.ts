import type { IncomingMessage } from 'node:http';
import { Refusal } from './http';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_BODY_MS = 10_000;
/** Bodies that may be under way at a time: 64 MiB of them at most. */
const MAX_OPEN = 1_000;
const RETRY_SECONDS = 5;

interface Limits {
  maxBytes?: number;
  maxMs?: number;
  maxOpen?: number;
}

function readAll(req: IncomingMessage, maxBytes: number, maxMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (error?: Refusal) => {
      clearTimeout(timer);
      req.off('data', take).off('end', finish).off('close', breakOff).off('error', breakOff);
      if (error) return reject(error);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) return settle(tooLarge(maxBytes));
      chunks.push(chunk);
    };
    const finish = () => settle();
    const breakOff = () => settle(new Refusal(400, 'The body broke off.'));
    const timer = setTimeout(() => settle(new Refusal(408, 'The body took too long.')), maxMs);
    req.on('data', take).on('end', finish).on('close', breakOff).on('error', breakOff);
  });
}

const tooLarge = (maxBytes: number) =>
  new Refusal(413, `The body is larger than ${maxBytes} bytes; send less at once.`);

/**
 * Makes a function that reads a request's body as it came, but never more of it, for longer, or of more requests at a
 * time than is allowed.
 *
 * The function throws a {@link Refusal}: 413 as soon as the body is known to be too large, 408 when it takes too long, 400
 * when it breaks off, 503 when too many are under way.
 */
export function rawBodyReader({
  maxBytes = MAX_BODY_BYTES,
  maxMs = MAX_BODY_MS,
  maxOpen = MAX_OPEN,
}: Limits = {}) {
  let open = 0;
  return async (req: IncomingMessage): Promise<Buffer> => {
    if (Number(req.headers['content-length']) > maxBytes) throw tooLarge(maxBytes);
    if (open >= maxOpen) throw new Refusal(503, 'Too many requests are under way.', RETRY_SECONDS);
    open += 1;
    try {
      return await readAll(req, maxBytes, maxMs);
    } finally {
      open -= 1;
    }
  };
}

/** The same for text. */
export function bodyReader(limits: Limits = {}) {
  const read = rawBodyReader(limits);
  return async (req: IncomingMessage): Promise<string> => (await read(req)).toString('utf8');
}
