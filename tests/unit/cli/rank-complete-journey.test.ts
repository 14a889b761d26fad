import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { historyOfFiles } from '../../../server/src/cli/rank/history-of-files';
import { clv } from './run-clv';

/*
 * Real data: households of a grocer, and the campaigns they were sent. They are not part of this project: without
 * CLV_REFERENCE_DATA this is skipped. What docs/complete-journey.md says of them is printed again and compared.
 */
const folder = process.env.CLV_REFERENCE_DATA;
const files = folder && path.join(folder, 'complete-journey');
if (!files) {
  console.warn(
    'CLV_REFERENCE_DATA is not set (a folder with complete-journey/orders.csv): ranking on real data skipped',
  );
}

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/complete-journey.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\nclv (.+)\n```\n\n```text\n([^`]+)```/g)].map(
  ([, command, output]) => [command!, output!] as const,
);
const spaced = (line: string) => line.trim().replace(/\s+/g, ' ');

describe('the page on the Complete Journey', () => {
  it('shows what commands print', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
  });
});

describe.runIf(files && existsSync(path.join(files, 'orders.csv')))('the ranking of its campaigns', () => {
  it.each(blocks)('is what the page says: %s', async (command, output) => {
    const args = command.split(' ').map((word) => (word.endsWith('.csv') ? path.join(files!, word) : word));
    const { code, stdout } = await clv(...args);
    expect(code).toBe(0);
    const printed = new Set(stdout.split('\n').map(spaced));
    for (const line of output.split('\n').map(spaced)) expect(printed).toContain(line);
  });

  it('is of households that had spent more before they were sent a campaign, as the page says', async () => {
    const of = (name: string) => path.join(files!, `${name}.csv`);
    const { history, contentIds } = await historyOfFiles({
      orders: of('orders'),
      touches: of('touches'),
      contents: of('contents'),
      value: 'revenue',
      timezone: 'UTC',
    });
    expect([history.persons, history.orders.length, history.contents]).toEqual([2379, 47_243, 27]);
    const rows = [...page.matchAll(/^\| (\d+) +\| ([\d,]+) +\| (\d+) +\| (\d+) +\| ([\d.]+) +\|$/gm)];
    expect(rows.length).toBe(6);
    for (const [, campaign, ...told] of rows) {
      const item = contentIds.indexOf(`campaign-${campaign}`);
      const since = history.publishedAt![item]!;
      const spent = new Map<number, number>();
      for (const { person, at, value } of history.orders) {
        if (at < since) spent.set(person, (spent.get(person) ?? 0) + value);
      }
      const sent = new Set(
        history.touches.filter(({ content }) => content === item).map(({ person }) => person),
      );
      const mean = (reached: boolean) => {
        const values = [...spent].filter(([person]) => sent.has(person) === reached);
        const sum = values.reduce((total, [, value]) => total + value, 0);
        return { n: values.length, value: sum / values.length / 100 };
      };
      const [those, others] = [mean(true), mean(false)];
      expect(told).toEqual([
        those.n.toLocaleString('en'),
        those.value.toFixed(0),
        others.value.toFixed(0),
        (those.value / others.value).toFixed(1),
      ]);
    }
  });

  it('has plain figures that crown nearly every campaign, and refuses or doubts all that cannot be compared', async () => {
    const of = (name: string) => [`--${name}`, path.join(files!, `${name}.csv`)];
    const from = [...of('orders'), ...of('touches'), ...of('contents')];
    const { stdout, stderr } = await clv('rank', ...from, '--landmark', '2017-12-01', '--json');
    const { ranking } = JSON.parse(stdout) as { ranking: Record<string, number | string | null>[] };
    const known = ranking.filter(({ difference }) => difference !== null);
    const positive = known.filter(({ difference }) => Number(difference) > 0);
    expect([positive.length, known.length]).toEqual([22, 24]);
    const byRho = known.toSorted((a, b) => Number(b.rho) - Number(a.rho)).slice(0, 3);
    expect(byRho.map(({ contentId }) => contentId)).toEqual(['campaign-18', 'campaign-13', 'campaign-8']);
    for (const { pValue } of byRho) expect(Number(pValue)).toBeLessThan(1e-53);
    const compared = ranking.filter(({ excess }) => excess !== null);
    expect(compared).toHaveLength(18);
    const apart = compared.filter(
      ({ excessLow, excessHigh }) => Number(excessLow) > 0 || Number(excessHigh) < 0,
    );
    expect(apart.map(({ contentId }) => contentId).sort()).toEqual(['campaign-4', 'campaign-7']);
    expect(ranking.find(({ contentId }) => contentId === 'campaign-20')).toMatchObject({
      adjustedDifference: null,
      excess: null,
      verdict: 'not distinguishable',
    });
    expect(stderr).toContain('value before      do not go by the plain figures: readers of 18 of 18 items');
  });
});
