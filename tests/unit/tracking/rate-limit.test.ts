import { expect, test } from 'vitest';
import { addressKey, rateLimiter } from '../../../server/src/tracking/rate-limit';

test('a key may take up to its limit in a minute, and then waits for the next', () => {
  const limiter = rateLimiter(2);
  const start = 1_000_000;
  expect(limiter.take('a', 1, start)).toBe(0);
  expect(limiter.take('a', 1, start)).toBe(0);
  expect(limiter.take('a', 1, start + 30_000)).toBe(30);
  expect(limiter.take('b', 1, start + 30_000)).toBe(0);
  expect(limiter.take('a', 1, start + 60_000)).toBe(0);
});

test('a batch larger than the limit gets through once', () => {
  const limiter = rateLimiter(10);
  expect(limiter.take('a', 100, 0)).toBe(0);
  expect(limiter.take('a', 1, 1)).toBeGreaterThan(0);
});

test('it remembers at most so many keys, and lets later ones through', () => {
  const limiter = rateLimiter(1, 2);
  expect(limiter.take('a', 1, 0)).toBe(0);
  expect(limiter.take('b', 1, 0)).toBe(0);
  for (let i = 0; i < 5; i += 1) expect(limiter.take('c', 1, 0)).toBe(0);
  expect(limiter.take('a', 1, 0)).toBeGreaterThan(0);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
])('the address %s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key);
});
