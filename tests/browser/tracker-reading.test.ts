import { describe, expect, vi } from 'vitest';
import { browserTest } from '../support/browser';
import {
  ARTICLE,
  hide,
  htmlOf,
  OTHER,
  scrollTo,
  setFocus,
  setVisible,
  trackerTest,
} from '../support/tracker-page';

const t = trackerTest();

describe('reading', () => {
  browserTest('time counts only while the page is visible and in focus', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.clock.runFor(4000);
    await setFocus(page, false);
    await page.clock.runFor(20_000);
    await setFocus(page, true);
    await page.clock.runFor(4000);
    await hide(page);
    await page.clock.runFor(600_000);
    await setVisible(page, true);
    await page.clock.runFor(4000);
    await hide(page);
    await t.arrived(3);
    expect(t.secondsRead()).toBeGreaterThanOrEqual(12);
    expect(t.secondsRead()).toBeLessThan(20);
  });

  browserTest('a long read is told about every half minute, in increments that add up', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    for (let i = 0; i < 10; i++) await page.clock.runFor(10_000);
    await hide(page);
    await vi.waitFor(() => expect(t.secondsRead()).toBeGreaterThanOrEqual(99));
    expect(t.secondsRead()).toBeLessThan(110);
    expect(t.reads().length).toBeGreaterThanOrEqual(4);
  });

  browserTest('the depth is the lowest point seen, measured anew when the page grows', async () => {
    t.collector.serve(
      '/a',
      htmlOf({ content: ARTICLE, body: '<p id="text" style="height:3200px; margin:0"></p>' }),
    );
    const { page } = await t.open('/a');
    await page.clock.runFor(1500);
    await scrollTo(page, 800);
    await scrollTo(page, 0);
    await page.evaluate(() => {
      document.getElementById('text')!.style.height = '6400px';
    });
    await page.clock.runFor(5000);
    await hide(page);
    await t.arrived(2);
    expect(t.reads()[0].depth).toBe(25);
  });

  browserTest('a page that fits into the window was seen whole', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE, body: '<p>Short.</p>' }));
    const { page } = await t.open('/a');
    await page.clock.runFor(5000);
    await hide(page);
    await t.arrived(2);
    expect(t.reads()[0].depth).toBe(100);
  });

  browserTest('the part marked as content is what counts, also in a box that scrolls by itself', async () => {
    const body = `<div id="box" style="height:400px; overflow:auto"><div data-clv-content style="height:2000px"></div>
      <div style="height:4000px">Comments</div></div>`;
    t.collector.serve('/a', htmlOf({ content: ARTICLE, body }));
    const { page } = await t.open('/a');
    await page.clock.runFor(1500);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const box = document.getElementById('box')!;
          box.addEventListener('scrollend', resolve, { once: true });
          box.scrollTop = 200;
        }),
    );
    await page.clock.runFor(5000);
    await hide(page);
    await t.arrived(2);
    // Of 2,000 pixels, 800 of the window and 200 scrolled.
    expect(t.reads()[0].depth).toBe(50);
  });

  browserTest('a glance is no read, but a deeper scroll is told', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.clock.runFor(1500);
    await hide(page);
    await t.arrived(1);
    expect(t.reads()).toEqual([]);
    await setVisible(page, true);
    await scrollTo(page, 2200);
    await hide(page);
    await t.arrived(2);
    expect(t.reads()[0]).toMatchObject({ content: ARTICLE, depth: 100 });
  });

  browserTest('where the page before was scrolled to says nothing about the next', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.clock.runFor(1500);
    await scrollTo(page, 2200);
    await page.evaluate((key) => window.clv!.page(key), OTHER);
    await hide(page);
    await setVisible(page, true);
    await scrollTo(page, 0);
    await page.clock.runFor(5000);
    await hide(page);
    await vi.waitFor(() => expect(t.reads()).toHaveLength(2));
    expect(t.reads().map(({ content, depth }) => [content, depth])).toEqual([
      [ARTICLE, 100],
      [OTHER, 27],
    ]);
  });
});
