import type { ContentItem } from './content-rows';

export interface Registry {
  get(key: string): ContentItem | undefined;
  put(item: ContentItem): void;
  /** Whether this key was looked for in vain a short while ago. */
  isMissing(key: string, now?: number): boolean;
  setMissing(key: string, now?: number): void;
  /** Whether the database may be asked about one more unknown key now. */
  mayAsk(now?: number): boolean;
  items(): IterableIterator<ContentItem>;
  /** Grows whenever an item is new or was written again. */
  version(): number;
}

const MISSING_MS = 30_000;
const MOST_MISSING = 10_000;
const QUESTIONS_PER_SECOND = 20;

export function keyOf(item: { uid: string; documentId: string; locale: string }): string {
  return item.locale === ''
    ? `${item.uid}/${item.documentId}`
    : `${item.uid}/${item.documentId}/${item.locale}`;
}

/**
 * Knows every content item by its key, so that tracking asks the database about none. What it does not know it
 * remembers for half a minute, at most 10,000 keys of it, and the questions to the database are limited too: made-up
 * keys cost neither memory nor queries.
 */
export function contentRegistry(defaultLocale: () => string): Registry {
  const byKey = new Map<string, ContentItem>();
  /** Localized documents by their key without a locale: the default locale's item, or the first there is. */
  const byDocument = new Map<string, ContentItem>();
  const missing = new Map<string, number>();
  let second = 0;
  let questions = 0;
  let version = 0;

  return {
    get: (key) => byKey.get(key) ?? byDocument.get(key),
    put(item) {
      const key = keyOf(item);
      if (byKey.get(key)?.updatedAt !== item.updatedAt) version += 1;
      byKey.set(key, item);
      missing.delete(key);
      if (item.locale === '') return;
      const document = `${item.uid}/${item.documentId}`;
      missing.delete(document);
      const current = byDocument.get(document);
      if (!current || current.locale === item.locale || item.locale === defaultLocale())
        byDocument.set(document, item);
    },
    isMissing(key, now = Date.now()) {
      const until = missing.get(key);
      if (until === undefined) return false;
      if (until > now) return true;
      missing.delete(key);
      return false;
    },
    setMissing(key, now = Date.now()) {
      if (missing.size >= MOST_MISSING) missing.delete(missing.keys().next().value!);
      missing.set(key, now + MISSING_MS);
    },
    mayAsk(now = Date.now()) {
      const current = Math.floor(now / 1000);
      if (current !== second) {
        second = current;
        questions = 0;
      }
      questions += 1;
      return questions <= QUESTIONS_PER_SECOND;
    },
    items: () => byKey.values(),
    version: () => version,
  };
}
