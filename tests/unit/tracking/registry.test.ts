import { expect, test } from 'vitest';
import type { ContentItem } from '../../../server/src/tracking/contents/content-rows';
import { cleanTitle } from '../../../server/src/tracking/contents/entries';
import { contentRegistry, keyOf } from '../../../server/src/tracking/contents/registry';

const item = (id: number, locale: string): ContentItem => ({
  id,
  uid: 'api::article.article',
  documentId: 'abc',
  locale,
  kind: 'article',
  title: 'A',
  topic: null,
  publishedAt: 1,
  unpublishedAt: null,
  deletedAt: null,
  updatedAt: 1,
});

test('an item is found by its key, a document without a locale by its default locale, else by the first', () => {
  const registry = contentRegistry(() => 'en');
  registry.put(item(1, 'it'));
  expect(registry.get('api::article.article/abc')?.id).toBe(1);
  registry.put(item(2, 'en'));
  registry.put(item(3, 'de'));
  expect(registry.get('api::article.article/abc')?.id).toBe(2);
  expect(registry.get('api::article.article/abc/de')?.id).toBe(3);
  expect(registry.get('api::article.article/abc/fr')).toBeUndefined();
  expect(keyOf(item(1, ''))).toBe('api::article.article/abc');
});

test('a key that was looked for in vain is not looked for again for a while', () => {
  const registry = contentRegistry(() => 'en');
  const start = 1_000_000;
  expect(registry.isMissing('x', start)).toBe(false);
  registry.setMissing('x', start);
  expect(registry.isMissing('x', start + 29_000)).toBe(true);
  expect(registry.isMissing('x', start + 31_000)).toBe(false);
});

test('an item that appears is no longer missing', () => {
  const registry = contentRegistry(() => 'en');
  registry.setMissing('api::article.article/abc/en');
  registry.setMissing('api::article.article/abc');
  registry.put(item(1, 'en'));
  expect(registry.isMissing('api::article.article/abc/en')).toBe(false);
  expect(registry.isMissing('api::article.article/abc')).toBe(false);
});

test('missing keys and questions to the database are bounded', () => {
  const registry = contentRegistry(() => 'en');
  for (let i = 0; i < 30_000; i += 1) registry.setMissing(`key ${i}`, 0);
  const remembered = Array.from({ length: 30_000 }, (_, i) => registry.isMissing(`key ${i}`, 1)).filter(
    Boolean,
  );
  expect(remembered).toHaveLength(10_000);
  const allowed = Array.from({ length: 100 }, () => registry.mayAsk(5_000)).filter(Boolean);
  expect(allowed).toHaveLength(20);
  expect(registry.mayAsk(6_000)).toBe(true);
});

test('a title fits every database', () => {
  expect(cleanTitle('  A\0 title ', 'id')).toBe('A title');
  expect(cleanTitle('', 'id')).toBe('id');
  expect(cleanTitle(null, 'id')).toBe('id');
  expect(cleanTitle('x\ud800y', 'id')).toBe('x\ufffdy');
  const long = cleanTitle('👩‍🚀'.repeat(300), 'id');
  expect(long.length).toBeLessThanOrEqual(512);
  expect(Buffer.from(long).toString()).toBe(long);
});
