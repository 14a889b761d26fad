import { expect, test } from 'vitest';
import { pageNumbers } from '../../../admin/src/page-numbers';
import { readQuery, serverQuery, writeQuery } from '../../../admin/src/pages/Rankings/query';

const read = (search: string) => readQuery(new URLSearchParams(search));

test('a plain ranking has a plain address', () => {
  expect(String(writeQuery(read('')))).toBe('');
});

test('what an address says survives being read and written', () => {
  const address =
    'kind=white-paper&verdict=not+enough+data&search=100%25+%26+more&landmark=all&sort=difference%3Adesc&page=3&pageSize=50';
  expect(String(writeQuery(read(address)))).toBe(address);
});

test('what makes no sense in an address is left out', () => {
  const query = read('sort=nonsense:up&page=-2&pageSize=7&kind=');
  expect(query).toEqual({ sort: 'position', direction: 'asc', page: 1, pageSize: 25 });
});

test('the server is asked for the same items by the list and by the export', () => {
  expect(serverQuery(read('verdict=associated&page=4&sort=rho:desc'))).toEqual({
    verdict: 'associated',
    sort: 'rho:desc',
  });
});

test('the pager shows the first, the last and those around, with gaps', () => {
  expect(pageNumbers(1, 1)).toEqual([1]);
  expect(pageNumbers(1, 3)).toEqual([1, 2, 3]);
  expect(pageNumbers(5, 9)).toEqual([1, 0, 4, 5, 6, 0, 9]);
  expect(pageNumbers(9, 9)).toEqual([1, 0, 8, 9]);
});
