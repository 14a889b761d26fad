import { describe, expect } from 'vitest';
import { browserTest, type Visit } from '../support/browser';
import { ARTICLE, htmlOf, OTHER, trackerTest } from '../support/tracker-page';

const t = trackerTest();

describe('the channel', () => {
  const channelOf = async (visit: Visit) => {
    await visit.page.clock.runFor(4000);
    await t.arrived(1);
    return t.collector.events()[0].channel;
  };

  browserTest('is what the campaign says, for the whole session', async () => {
    t.collector.serve('/a', htmlOf({}));
    t.collector.serve('/b', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/a?utm_source=june+letter&utm_medium=email');
    await visit.page.evaluate((key) => window.clv!.page(key), OTHER);
    await t.open('/b?utm_source=other', visit);
    await visit.page.clock.runFor(4000);
    await t.arrived(2);
    expect(t.collector.events().map(({ channel }) => channel)).toEqual([
      'june letter/email',
      'june letter/email',
    ]);
  });

  browserTest('is kept though the first page shows no content', async () => {
    t.collector.serve('/', htmlOf({}));
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/?utm_source=letter');
    expect(await channelOf(await t.open('/a', visit))).toBe('letter');
  });

  browserTest('is the site that linked here', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.visit();
    await visit.page.goto(`${t.collector.url}/a`, { referer: 'https://www.example.org/some/page' });
    expect(await channelOf(visit)).toBe('example.org');
  });

  browserTest('is left out for a direct visit, and holds nothing that a database would refuse', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    expect(await channelOf(await t.open('/a'))).toBeUndefined();
    const visit = await t.visit();
    await visit.page.goto(`${t.collector.url}/a?utm_source=${encodeURIComponent('😀'.repeat(70))}`);
    await visit.page.clock.runFor(4000);
    await t.arrived(2);
    expect(t.collector.events().at(-1)!.channel).toBe('😀'.repeat(64));
  });
});
