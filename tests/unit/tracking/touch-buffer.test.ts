import { expect, test } from 'vitest';
import { type Seen, touchBuffer } from '../../../server/src/tracking/touch-buffer';

const seen = (visitor: string): Seen => ({
  visitor,
  content: 'api::article.article/a/en',
  kind: 'view',
  source: 'hook',
  at: 1,
  request: { userAgent: 'x', purpose: undefined, gpc: false, dnt: false },
});

function buffered(capacity: number, store: (batch: Seen[]) => Promise<void>) {
  let overflow = 0;
  const buffer = touchBuffer({
    capacity,
    store,
    onOverflow: (dropped) => {
      overflow += dropped;
    },
  });
  return { buffer, overflow: () => overflow };
}

test('it keeps what it sees until it is flushed, in order', async () => {
  const stored: string[] = [];
  const { buffer } = buffered(10, async (batch) => {
    stored.push(...batch.map(({ visitor }) => visitor));
  });
  buffer.push(seen('a'));
  buffer.push(seen('b'));
  expect(stored).toEqual([]);
  await buffer.flush();
  expect(stored).toEqual(['a', 'b']);
  expect(buffer.size()).toBe(0);
});

test('what finds no room is dropped and counted', () => {
  const { buffer, overflow } = buffered(2, async () => {});
  for (const visitor of ['a', 'b', 'c', 'd']) buffer.push(seen(visitor));
  expect(buffer.size()).toBe(2);
  expect(overflow()).toBe(2);
});

test('what could not be stored is kept, as far as there is room', async () => {
  const { buffer, overflow } = buffered(3, async () => {
    buffer.push(seen('during'));
    throw new Error('down');
  });
  for (const visitor of ['a', 'b', 'c']) buffer.push(seen(visitor));
  await expect(buffer.flush()).rejects.toThrow('down');
  expect(buffer.size()).toBe(3);
  expect(overflow()).toBe(1);
});

test('two flushes at once store everything once', async () => {
  const stored: string[] = [];
  const { buffer } = buffered(10, async (batch) => {
    await new Promise((resolve) => setImmediate(resolve));
    stored.push(...batch.map(({ visitor }) => visitor));
  });
  buffer.push(seen('a'));
  await Promise.all([buffer.flush(), buffer.flush()]);
  expect(stored).toEqual(['a']);
});
