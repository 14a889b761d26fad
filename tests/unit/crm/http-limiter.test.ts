import { describe, expect, test } from 'vitest';
import { type Limit, limiter } from '../../../server/src/crm/http/limiter';

/** A clock that stands still until everybody waits, and then goes to whoever waits least. */
function clock() {
  let now = 1_000;
  const waiting: { at: number; go(): void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((go) => waiting.push({ at: now + ms, go })),
    async run(works: Promise<unknown>[]) {
      let over = false;
      const all = Promise.allSettled(works).then(() => {
        over = true;
      });
      while (!over) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.sort((a, b) => a.at - b.at);
        const next = waiting.shift();
        if (!next) continue;
        now = Math.max(now, next.at);
        next.go();
      }
      await all;
      return now - 1_000;
    },
  };
}

/** Works of `ms` each; when they began, were counted by the CRM somewhere in between, and ended. */
async function ran(limit: Limit, count: number, ms: (index: number) => number) {
  const time = clock();
  const turn = limiter(limit, time.sleep, time.now);
  const log: { index: number; from: number; to: number }[] = [];
  const works = Array.from({ length: count }, (_, index) =>
    turn(async () => {
      const entry = { index, from: time.now(), to: 0 };
      log.push(entry);
      await time.sleep(ms(index));
      entry.to = time.now();
    }),
  );
  return { log, took: await time.run(works) };
}

describe('the limit of a client', () => {
  const limits: Limit[] = [
    { requests: 5, perMs: 1_000 },
    { requests: 1, perMs: 500 },
    { requests: 10, perMs: 10_000, concurrent: 3 },
    { requests: 3, perMs: 100, concurrent: 10 },
  ];
  test.each(limits)('is kept in every window, whenever the CRM counts: %o', async (limit) => {
    const ms = (index: number) => (index * 37) % 90;
    const { log } = await ran(limit, 60, ms);
    expect(log).toHaveLength(60);
    // At worst the CRM counts some requests as they are answered and the next ones as they begin.
    for (const { to } of log) {
      const within = log.filter((other) => other.to >= to && other.from < to + limit.perMs);
      expect(within.length).toBeLessThanOrEqual(limit.requests);
    }
  });

  test('is used up: what may go at once goes at once', async () => {
    const { log, took } = await ran({ requests: 10, perMs: 1_000, concurrent: 10 }, 100, () => 1);
    expect(log.filter(({ from }) => from === 1_000)).toHaveLength(10);
    expect(took).toBeLessThan(10 * 1_010);
  });

  test('lets so many run at once and no more', async () => {
    const { log } = await ran({ requests: 1_000, perMs: 1, concurrent: 3 }, 30, () => 10);
    for (const { from } of log) {
      expect(log.filter((other) => other.from <= from && other.to > from).length).toBeLessThanOrEqual(3);
    }
  });

  test('lets whoever comes first go first', async () => {
    const { log } = await ran({ requests: 2, perMs: 100, concurrent: 2 }, 20, (index) => (index % 3) * 10);
    expect(log.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('goes on after works that fail, and waiters that give up', async () => {
    const time = clock();
    let calls = 0;
    const sleep = (ms: number) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('gave up')) : time.sleep(ms);
    };
    const turn = limiter({ requests: 1, perMs: 100 }, sleep, time.now);
    const works = [
      turn(() => Promise.reject(new Error('failed'))),
      turn(async () => 'never'),
      turn(async () => 'there'),
    ];
    await time.run(works);
    const outcomes = await Promise.allSettled(works);
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message)),
    ).toEqual(['failed', 'gave up', 'there']);
  });

  test('is no hindrance where there is none', async () => {
    const turn = limiter(undefined, () => Promise.reject(new Error('nobody waits')));
    expect(await Promise.all([1, 2, 3].map((n) => turn(async () => n)))).toEqual([1, 2, 3]);
  });
});
