import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { bundleTracker } from '../../../scripts/bundle.mjs';

const MOST_BYTES = 2200;

test('the tracker that pages load is at most 2.2 kB gzipped', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'clv-tracker-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await bundleTracker(folder);
  const script = await readFile(path.join(folder, 'client/tracker.js'));
  const bytes = gzipSync(script, { level: 9 }).length;
  console.log(`tracker.js: ${script.length} bytes, ${bytes} gzipped (at most ${MOST_BYTES})`);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});
