import { afterEach, expect, test, vi } from 'vitest';
import { profileCache, TooMany } from '../../../server/src/activation/recommendations/profiles/cache';
import type { Loaded, Profile } from '../../../server/src/activation/recommendations/profiles/profile';

afterEach(() => vi.useRealTimers());

const profileOf = (personId: string | null): Profile => ({
  personId,
  tier: 'gold',
  stage: 'active',
  kind: 'customer',
  value: 'high',
  channel: null,
  read: new Map(),
  segmentIds: new Set(),
  publicSegments: [],
  assignments: [],
});
const loaded = (personId: string | null): Loaded => ({ personId, profile: profileOf(personId) });

/** A load that ends when it is told to. */
function slowLoad(personId: string | null) {
  let finish = () => {};
  const load = vi.fn(
    () =>
      new Promise<Loaded>((resolve) => {
        finish = () => resolve(loaded(personId));
      }),
  );
  return { load, finish: () => finish() };
}

test('those who ask for one profile at once share one load', async () => {
  const cache = profileCache();
  const { load, finish } = slowLoad('p');
  const answers = [cache.get('a', load), cache.get('a', load), cache.get('a', load)];
  finish();
  for (const profile of await Promise.all(answers)) expect(profile?.personId).toBe('p');
  await cache.get('a', load);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a profile is read anew after news of its key or of its person, and by itself after a while', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const cache = profileCache({ maxAgeMs: 30_000 });
  const load = vi.fn(async () => loaded('p'));
  await cache.get('a', load);
  await cache.get('b', load);
  cache.dropKeys(['a']);
  await cache.get('a', load);
  expect(load).toHaveBeenCalledTimes(3);
  cache.dropPersons(['p']);
  await cache.get('a', load);
  await cache.get('b', load);
  expect(load).toHaveBeenCalledTimes(5);
  vi.setSystemTime(Date.now() + 30_001);
  await cache.get('a', load);
  expect(load).toHaveBeenCalledTimes(6);
});

test('whoever may not be known is read anew too, once something of the person changed', async () => {
  const cache = profileCache();
  const load = vi.fn(async () => ({ personId: 'p', profile: null }));
  expect(await cache.get('a', load)).toBeNull();
  expect(await cache.get('a', load)).toBeNull();
  expect(load).toHaveBeenCalledTimes(1);
  cache.dropPersons(['p']);
  await cache.get('a', load);
  expect(load).toHaveBeenCalledTimes(2);
});

test('news that come while a profile is loaded are not lost', async () => {
  const cache = profileCache();
  const first = slowLoad('p');
  const answer = cache.get('a', first.load);
  cache.dropPersons(['p']);
  first.finish();
  await answer;
  const second = vi.fn(async () => loaded('p'));
  await cache.get('a', second);
  expect(second).toHaveBeenCalledTimes(1);
});

test('a load that fails is tried again', async () => {
  const cache = profileCache();
  await expect(cache.get('a', () => Promise.reject(new Error('the database is down')))).rejects.toThrow(
    'down',
  );
  expect((await cache.get('a', async () => loaded(null)))?.personId).toBeNull();
});

test('memory is bounded: the least recently asked for goes first', async () => {
  const cache = profileCache({ capacity: 2 });
  for (const key of ['a', 'b', 'a', 'c']) await cache.get(key, async () => loaded(key));
  expect(cache.size()).toBe(2);
  const load = vi.fn(async () => loaded('a'));
  await cache.get('a', load);
  expect(load).not.toHaveBeenCalled();
});

test('so many are loaded at a time, so many wait, and who comes after is told', async () => {
  const cache = profileCache({ atOnce: 1, mostWaiting: 1 });
  const first = slowLoad('a');
  const second = slowLoad('b');
  const answers = [cache.get('a', first.load), cache.get('b', second.load)];
  await expect(cache.get('c', async () => loaded('c'))).rejects.toThrow(TooMany);
  expect(second.load).not.toHaveBeenCalled();
  first.finish();
  await answers[0];
  await vi.waitFor(() => expect(second.load).toHaveBeenCalledTimes(1));
  second.finish();
  await Promise.all(answers);
  expect((await cache.get('c', async () => loaded('c')))?.personId).toBe('c');
});
