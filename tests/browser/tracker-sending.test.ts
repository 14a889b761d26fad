import { describe, expect, vi } from 'vitest';
import { browserTest } from '../support/browser';
import {
  ARTICLE,
  hide,
  htmlOf,
  kinds,
  PAPER,
  setVisible,
  storageOf,
  trackerTest,
} from '../support/tracker-page';

const t = trackerTest();

describe('sending', () => {
  browserTest('what waits leaves with the page, in bodies of less than 100 events and 60 kB', async () => {
    t.collector.serve('/a', htmlOf({}));
    t.collector.serve('/b', htmlOf({}));
    const { page } = await t.open('/a');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.evaluate((key) => {
      for (let i = 0; i < 15; i++) window.clv!.download(key);
    }, PAPER);
    await page.goto(`${t.collector.url}/b`);
    await t.arrived(15);
    expect(t.collector.received.map(({ events }) => events.length)).toEqual([15]);
    expect(await storageOf(page)).toMatchObject({ clv_queue: '[]' });
  });

  browserTest('a beacon that the browser refuses becomes a request', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.evaluate(() => {
      navigator.sendBeacon = () => false;
    });
    await hide(page);
    await t.arrived(1);
    expect(kinds(t.collector.events())).toEqual([`view ${ARTICLE}`]);
  });

  browserTest('twenty events go at once, and a queue of no more than 200 waits', async () => {
    t.collector.serve('/a', htmlOf({}));
    const { page } = await t.open('/a');
    await page.route('**/collect', (route) => route.abort());
    await page.evaluate((key) => {
      for (let i = 0; i < 250; i++) window.clv!.download(key);
    }, PAPER);
    expect(JSON.parse((await storageOf(page)).clv_queue)).toHaveLength(200);
    await page.unroute('**/collect');
    await page.clock.runFor(10_000);
    await t.arrived(200);
    expect(t.collector.events()).toHaveLength(200);
    expect(Math.max(...t.collector.received.map(({ events }) => events.length))).toBeLessThanOrEqual(100);
  });

  browserTest('a server that is busy is asked again when it said, with the same ids', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    t.collector.answerNext({ status: 503, headers: { 'Retry-After': '100' } }, { status: 429 });
    const { page } = await t.open('/a');
    await page.clock.runFor(4000);
    await vi.waitFor(() => expect(t.collector.received).toHaveLength(1));
    await page.clock.runFor(95_000);
    expect(t.collector.received).toHaveLength(1);
    // Second by second: the network is real, and the page's clock must not run ahead of its answers.
    const untilReceived = async (count: number) => {
      for (let second = 0; second < 300 && t.collector.received.length < count; second++) {
        await page.clock.runFor(1000);
      }
      expect(t.collector.received.length).toBeGreaterThanOrEqual(count);
    };
    await untilReceived(2);
    await untilReceived(3);
    const [first, second, third] = t.collector.received.map(({ events }) => events[0].id);
    expect([second, third]).toEqual([first, first]);
    expect(t.collector.events()[0]).toMatchObject({ kind: 'view', content: ARTICLE });
  });

  browserTest('what the server refuses for good is not sent again', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    t.collector.answerNext({ status: 400 });
    const { page } = await t.open('/a');
    await page.clock.runFor(25_000);
    await vi.waitFor(() => expect(t.collector.received).toHaveLength(1));
    await page.evaluate((key) => window.clv!.download(key), PAPER);
    await page.clock.runFor(4000);
    await t.arrived(1);
    expect(kinds(t.collector.events())).toEqual([`download ${PAPER}`]);
  });

  browserTest('what could not be sent is sent by the next page of the tab', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    t.collector.serve('/list', htmlOf({}));
    const { page } = await t.open('/a');
    await page.route('**/collect', (route) => route.abort('internetdisconnected'));
    await page.clock.runFor(5000);
    const [[, event]] = JSON.parse((await storageOf(page)).clv_queue);
    await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { value: false }));
    await page.goto(`${t.collector.url}/list`);
    await page.unroute('**/collect');
    await page.reload();
    await t.arrived(1);
    expect(t.collector.events()[0]).toEqual(event);
  });

  browserTest('without a network it waits, and sends as soon as there is one', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page, context } = await t.open('/a');
    await context.setOffline(true);
    await hide(page);
    await setVisible(page, true);
    await page.clock.runFor(60_000);
    await hide(page);
    expect(t.collector.received).toEqual([]);
    await context.setOffline(false);
    await t.arrived(2);
    expect(kinds(t.collector.events())[0]).toBe(`view ${ARTICLE}`);
  });

  browserTest('ids are unique and in order of time', async () => {
    t.collector.serve('/a', htmlOf({}));
    const { page } = await t.open('/a');
    const rounds = [1, 2, 3, 4, 5];
    for (const round of rounds) {
      await page.evaluate((key) => {
        for (let n = 0; n < 10; n++) window.clv!.download(key);
      }, `${PAPER}-${round}`);
      await page.clock.runFor(1000);
    }
    await page.evaluate(() => window.clv!.flush());
    await t.arrived(50);
    const events = t.collector.events();
    expect(new Set(events.map(({ id }) => id)).size).toBe(50);
    const inOrder = [...events].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ content }) => content);
    expect(inOrder).toEqual(rounds.flatMap((round) => Array(10).fill(`${PAPER}-${round}`)));
  });
});
