import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** Bundles the plugin's sources once for a whole test run; the tests' Strapi loads that, so `dist/` need not be fresh. */
export default async function setup(): Promise<() => Promise<void>> {
  const root = path.resolve(import.meta.dirname, '../..');
  const { bundleForTests } = await import('../../scripts/bundle.mjs');
  const { mkdir } = await import('node:fs/promises');
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache', 'plugin-'));
  await bundleForTests(folder);
  process.env.CLV_PLUGIN_PATH = folder;
  return () => rm(folder, { recursive: true, force: true });
}
