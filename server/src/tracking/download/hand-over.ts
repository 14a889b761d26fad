import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Strapi } from '../../room';
import type { Context } from '../http';
import type { StoredFile } from './find-file';
import { parseRange } from './range';

/** Where a file of the local provider lies, or null when its url points outside of the uploads. */
function localPath(strapi: Strapi, file: StoredFile): string | null {
  const uploads = path.join(strapi.dirs.static.public, 'uploads');
  const target = path.join(strapi.dirs.static.public, file.url);
  return target.startsWith(uploads + path.sep) && !target.includes('\0') ? target : null;
}

const fileName = ({ name, ext }: StoredFile) => (ext && !path.extname(name) ? name + ext : name);

/** An `If-Range` that does not match asks for the whole file, because the part at hand is of an older one. */
function rangeStillValid(ctx: Context, etag: string, modified: Date): boolean {
  const condition = ctx.get('If-Range');
  if (condition === '' || condition === etag) return true;
  return Math.floor(modified.getTime() / 1000) * 1000 === Date.parse(condition);
}

async function sendLocal(ctx: Context, file: StoredFile, location: string): Promise<boolean> {
  const info = await stat(location).catch(() => null);
  if (!info?.isFile()) {
    ctx.notFound('The file is missing.');
    return false;
  }
  const etag = `"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"`;
  ctx.status = 200;
  ctx.attachment(fileName(file));
  ctx.type = file.mime ?? 'application/octet-stream';
  ctx.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: etag,
    'Last-Modified': info.mtime.toUTCString(),
    'X-Content-Type-Options': 'nosniff',
  });
  if (ctx.fresh) {
    ctx.status = 304;
    return false;
  }

  const asked = rangeStillValid(ctx, etag, info.mtime) ? parseRange(ctx.get('Range'), info.size) : null;
  if (asked === 'unsatisfiable') {
    ctx.set('Content-Range', `bytes */${info.size}`);
    ctx.status = 416;
    return false;
  }
  const { start, end } = asked ?? { start: 0, end: info.size - 1 };
  if (asked) {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${start}-${end}/${info.size}`);
  }
  ctx.length = end - start + 1;
  if (ctx.method === 'HEAD') return false;
  ctx.body = info.size === 0 ? '' : createReadStream(location, { start, end });
  // Setting a stream forgets the length.
  ctx.length = end - start + 1;
  return start === 0;
}

async function redirect(strapi: Strapi, ctx: Context, file: StoredFile): Promise<boolean> {
  const { url } = await strapi.plugin('upload').service('file').signFileUrls(file);
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(url);
  return ctx.method !== 'HEAD';
}

/**
 * Answers with the file: its bytes when it lies on this machine, else the address where the upload provider keeps it.
 *
 * @returns whether this begins a download: not for HEAD, 304, errors, and ranges further in
 */
export async function handOver(strapi: Strapi, ctx: Context, file: StoredFile): Promise<boolean> {
  if (file.provider !== 'local') return redirect(strapi, ctx, file);
  const location = localPath(strapi, file);
  if (location) return sendLocal(ctx, file, location);
  ctx.notFound('The file is missing.');
  return false;
}
