import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import type { List } from './description';
import { valueAt } from './field-path';

/** Where to go on: a page's number, an offset, a cursor or an address; null at the beginning. */
export type Place = string | number | null;

/** What a request for a page adds to the list's own address and query. */
export function requestFor({ path, query, paging }: List, place: Place) {
  if (paging.style === 'none') return { url: path, query };
  const size = paging.size ? { [paging.size.query]: paging.size.value } : {};
  if (paging.style === 'link') {
    return place === null ? { url: path, query: { ...query, ...size } } : { url: String(place), query: {} };
  }
  const first = paging.style === 'page' ? paging.first : paging.style === 'offset' ? 0 : undefined;
  return { url: path, query: { ...query, ...size, [paging.query]: place ?? first } };
}

/**
 * Where the next page is; null after the last one.
 *
 * @param from the address that was asked
 * @param count records that the page held
 */
export function nextPlace(
  { paging }: List,
  place: Place,
  { body, headers }: HttpAnswer<unknown>,
  count: number,
  from: URL,
): Place {
  switch (paging.style) {
    case 'none':
      return null;
    case 'page':
    case 'offset': {
      // A short page is not the last one: servers give less than they are asked for as they please.
      if (count === 0) return null;
      return paging.style === 'page' ? Number(place ?? paging.first) + 1 : Number(place ?? 0) + count;
    }
    case 'cursor':
      return moved(place, textAt(body, paging.next));
    case 'link': {
      const next = paging.next ? textAt(body, paging.next) : linkIn(headers.link ?? '');
      if (next === null) return null;
      if (!URL.canParse(next, from))
        throw new ConnectorError('config', 'The next page has no proper address.');
      return moved(place, new URL(next, from).href);
    }
  }
}

function textAt(body: unknown, path: string): string | null {
  const value = valueAt(body, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null;
}

function moved(place: Place, next: string | null): Place {
  if (next === null || next !== place) return next;
  throw new ConnectorError(
    'config',
    'The next page is the same page again; check "paging" in the description.',
  );
}

/** The target of `rel="next"` (RFC 8288); null when there is none. */
function linkIn(header: string): string | null {
  for (const [, target, parameters] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*=\s*(?:"[^"]*"|[^\s",;]*))*)/g,
  )) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]*))/i.exec(parameters ?? '');
    if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return target!;
  }
  return null;
}
