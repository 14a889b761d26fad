import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clv, scratch } from './run-clv';

const files = scratch();
afterAll(files.done);

const NAMES = ['orders.csv', 'touches.csv', 'contents.csv', 'customers.csv', 'truth.json'];
const read = (world: string) => NAMES.map((name) => readFileSync(files.path(`${world}/${name}`), 'utf8'));
const truthOf = (world: string) => JSON.parse(readFileSync(files.path(`${world}/truth.json`), 'utf8'));
const simulate = (world: string, ...args: string[]) =>
  clv('simulate', '--customers', '400', '--contents', '10', '--out', files.path(world), ...args);

describe('clv simulate', () => {
  beforeAll(async () => {
    expect(await simulate('one', '--seed', '7')).toMatchObject({ code: 0, stderr: '' });
  });

  it('writes the four files and the truth', () => {
    const truth = truthOf('one');
    expect(Object.keys(truth)).toEqual(['seed', 'customers', 'contents', 'confounding', 'currency', 'items']);
    expect(truth).toMatchObject({ seed: 7, customers: 400, contents: 10, confounding: 0, currency: 'EUR' });
    expect(truth.items).toHaveLength(10);
    expect(truth.items.filter((item: { true: boolean }) => item.true)).toHaveLength(2);
    for (const item of truth.items) {
      expect(Object.keys(item)).toEqual(['contentId', 'effect', 'true']);
      expect(item.true).toBe(item.effect !== 0);
    }
  });

  it('writes the same world for the same seed and another for another', async () => {
    await simulate('again', '--seed', '7');
    await simulate('other', '--seed', '8');
    expect(read('again')).toEqual(read('one'));
    expect(read('other')[0]).not.toBe(read('one')[0]);
  });

  it('writes the very world that was written for its seed before there were further options', () => {
    const hashes = read('one').map((text) => createHash('sha256').update(text).digest('hex').slice(0, 16));
    expect(hashes).toEqual([
      '56b7ad78fbefd57c',
      '333b3cab65d85879',
      '2a9ebfdbb6a14493',
      'e88efe66358fba03',
      '2ef0ce5e8e392b6a',
    ]);
  });

  it('writes what clv rank reads without a note, every customer having ordered', async () => {
    const paths = ['orders', 'touches', 'contents'].flatMap((name) => [
      `--${name}`,
      files.path(`one/${name}.csv`),
    ]);
    const { stdout, stderr } = await clv('rank', '--json', ...paths);
    expect(stderr).not.toContain('left out');
    expect(JSON.parse(stdout)).toMatchObject({ population: 400, items: 10 });
  });

  it('takes effects from a file, leaving the rest of the world as it was', async () => {
    const zero = truthOf('one').items.map(({ contentId }: { contentId: string }) => `${contentId},0\n`);
    const effects = files.file('effects.csv', `content_id,effect\n${zero.join('')}`);
    await simulate('null', '--seed', '7', '--effects', effects);
    expect(truthOf('null').items.every((item: { effect: number }) => item.effect === 0)).toBe(true);
    const [orders, touches, contents] = read('null');
    expect(touches).toBe(read('one')[1]);
    expect(contents).toBe(read('one')[2]);
    expect(orders!.length).toBeLessThan(read('one')[0]!.length);
  });

  it('adds topics and people who only read when asked, and says so in the truth', async () => {
    expect(await simulate('read', '--seed', '7', '--prospects', '0.5', '--reading', '0.8')).toMatchObject({
      code: 0,
    });
    const truth = truthOf('read');
    expect(truth).toMatchObject({ prospects: 0.5, reading: 0.8 });
    expect(truth.topics.filter(({ effect }: { effect: number }) => effect !== 0)).toHaveLength(2);
    const [orders, touches, contents] = read('read');
    expect(contents).toMatch(/^content_id,content_type,title,published_at,topic\n/);
    const topics = new Set(truth.topics.map(({ topic }: { topic: string }) => topic));
    for (const item of truth.items) {
      expect(topics).toContain(item.topic);
      expect(contents).toMatch(new RegExp(`^${item.contentId},.*,${item.topic}$`, 'm'));
    }
    const idsIn = (text: string, column: number) =>
      new Set(
        text
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[column]!),
      );
    const buyers = idsIn(orders!, 1);
    const onlyRead = [...idsIn(touches!, 1)].filter((id) => !buyers.has(id));
    expect(onlyRead.length).toBeGreaterThan(40);
    expect(read('one')[2]).toMatch(/^content_id,content_type,title,published_at\n/);
  });

  it('plants support pages, another share of true items and another spread of reach when asked', async () => {
    const options = ['--support', '3', '--true-share', '0.4', '--reach-ratio', '100'];
    expect(await simulate('support', '--seed', '7', ...options)).toMatchObject({ code: 0 });
    const truth = truthOf('support');
    expect(truth).toMatchObject({ trueShare: 0.4, reachRatio: 100, support: 3 });
    expect(truth.items.filter((item: { true: boolean }) => item.true)).toHaveLength(4);
    const support = truth.items.filter((item: { support?: true }) => item.support);
    expect(support).toHaveLength(3);
    for (const item of support) expect(item).toMatchObject({ effect: 0, true: false });
  });

  it('refuses more support pages than there are items without effect', async () => {
    const { code, stderr } = await simulate('crowded', '--seed', '7', '--support', '9');
    expect(code).toBe(2);
    expect(stderr).toContain('only 8 items are without effect');
  });

  it('refuses effects of items that the world does not have', async () => {
    const effects = files.file('wrong.csv', 'content_id,effect\nnothing,5\n');
    const { code, stderr } = await simulate('wrong', '--seed', '7', '--effects', effects);
    expect(code).toBe(1);
    expect(stderr).toContain('there is no content item nothing');
  });

  it.each([
    [['--seed', '1.5'], 'must be a whole number'],
    [['--seed', '1', '--confounding', '1.5'], 'must be a number from 0 to 1'],
    [['--seed', '1', '--true-share', '2'], 'must be a number from 0 to 1'],
    [['--seed', '1', '--reach-ratio', '0.5'], 'must be a number from 1 to 10000'],
    [['--seed', '1', '--customers', '0'], 'must be a whole number from 1'],
    [[], "required option '--seed <s>' not specified"],
  ])('exits with 2 for %s', async (args, message) => {
    const { code, stderr } = await simulate('never', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
