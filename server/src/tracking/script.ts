import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { answer, type Context } from './http';

/** Bundled next to the server's folder; see scripts/bundle.mjs. */
const FILE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'client', 'tracker.js');

/**
 * Reads the tracker script once and makes the handler that serves it.
 *
 * @throws when the plugin was built without it
 */
export function scriptHandler(file = FILE): (ctx: Context) => void {
  let source: Buffer;
  try {
    source = readFileSync(file);
  } catch (cause) {
    throw new Error(`[clv] the tracker script is missing at ${file}; build the plugin with: npm run build`, {
      cause,
    });
  }
  const etag = `"${createHash('sha256').update(source).digest('base64url').slice(0, 27)}"`;
  const compressed = { br: brotliCompressSync(source), gzip: gzipSync(source, { level: 9 }) };
  const headers = {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    // Weak, since one tag stands for every encoding.
    ETag: `W/${etag}`,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    // Any site may load it.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };

  return (ctx) => {
    if (ctx.method === 'OPTIONS')
      return answer(ctx.res, 204, { ...headers, 'Access-Control-Allow-Methods': 'GET' });
    const matches = ctx.req.headers['if-none-match']
      ?.split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === etag);
    if (matches) return answer(ctx.res, 304, headers);
    const encoding = ctx.acceptsEncodings('br', 'gzip', 'identity');
    if (encoding !== 'br' && encoding !== 'gzip') return answer(ctx.res, 200, headers, source);
    answer(ctx.res, 200, { ...headers, 'Content-Encoding': encoding }, compressed[encoding]);
  };
}
