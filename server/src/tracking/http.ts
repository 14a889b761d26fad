import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';

/** Koa's request context, as Strapi types it. */
export type Context = Parameters<Core.ControllerHandler>[0];
export type Next = Parameters<Core.ControllerHandler>[1];

/** Why a request gets no 2xx, in words for whoever wrote it. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly status: 400 | 403 | 405 | 408 | 413 | 429 | 503,
    message: string,
    /** Seconds after which another try may succeed. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** Answers by hand, past Koa. */
export function answer(
  res: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body?: string | Buffer,
): void {
  if (res.headersSent || res.destroyed) return;
  if (body !== undefined) headers['Content-Length'] = String(Buffer.byteLength(body));
  res.writeHead(status, headers);
  res.end(body);
}

const REST_OF_BODY_MS = 2_000;

/** Lets a refused sender finish, so that it reads the answer instead of a broken connection; but not for long. */
export function discardRest(req: IncomingMessage): void {
  if (req.complete || req.destroyed) return;
  req.resume();
  const timer = setTimeout(() => req.destroy(), REST_OF_BODY_MS);
  req.once('close', () => clearTimeout(timer));
}

/** Answers with a file piece by piece. One that cannot be read to its end breaks off: Koa alone would leave the client waiting. */
export function answerFile(ctx: Context, file: Readable): void {
  ctx.body = file;
  file.on('error', () => {
    if (!ctx.res.writableEnded) ctx.res.destroy();
  });
}
