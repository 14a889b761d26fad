import { expect, test } from 'vitest';
import { arranged, inOrder } from '../../../server/src/activation/recommendations/collection/pages';

const placed = (...pairs: [string, number | null][]) =>
  pairs.map(([documentId, score]) => ({ documentId, score }));

test('what is placed comes first, and what is not stands as the request sorts it', () => {
  expect(arranged(placed(['c', 3], ['a', 2]), ['a', 'b', 'c', 'd'])).toEqual(['c', 'a', 'b', 'd']);
});

test('the request’s own sort decides between equals, and only between them', () => {
  const order = placed(['d', 5], ['c', 2], ['a', 2], ['b', 2], ['e', 1]);
  expect(arranged(order, ['a', 'b', 'c', 'd', 'e'])).toEqual(['d', 'a', 'b', 'c', 'e']);
});

test('what was read keeps its places, since it has no score to tie', () => {
  expect(arranged(placed(['b', 1], ['d', null], ['a', null]), ['a', 'b', 'd'])).toEqual(['b', 'd', 'a']);
});

test('what the request does not let through has no place', () => {
  expect(arranged(placed(['x', 9], ['a', 1]), ['a', 'b'])).toEqual(['a', 'b']);
});

test('entries are put in order, each once', () => {
  const entries = [{ documentId: 'a' }, { documentId: 'b' }, { documentId: 'c' }];
  expect(inOrder(entries, ['c', 'x', 'a'])).toEqual([{ documentId: 'c' }, { documentId: 'a' }]);
});
