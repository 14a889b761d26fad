import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DemoItem, seedContent } from '../../scripts/demo/content.mjs';
import { startStrapi, type TestStrapi } from './strapi';

const SITE = path.resolve(import.meta.dirname, '../../playground/public/site');

export interface DemoSite extends TestStrapi {
  /** The item with this key of the demonstration, in English where it has a language. */
  item(key: string): DemoItem;
  /** Where the item is read. */
  pageOf(item: DemoItem): string;
}

/** Boots the playground with its articles and white papers and the site that shows them, in folders of its own. */
export async function startDemoSite(config?: Record<string, unknown>): Promise<DemoSite> {
  const publicDir = mkdtempSync(path.join(tmpdir(), 'clv-site-'));
  mkdirSync(path.join(publicDir, 'uploads'));
  cpSync(SITE, path.join(publicDir, 'site'), { recursive: true });
  const app = await startStrapi({ env: { PUBLIC_DIR: publicDir }, config });
  const items = await seedContent(app.strapi);

  return {
    ...app,
    item(key) {
      const found = items.find((item) => item.key === key && item.locale !== 'it');
      if (!found) throw new Error(`The demonstration has no "${key}".`);
      return found;
    },
    pageOf: ({ kind, documentId, locale }) =>
      `${app.url}/site/${kind}.html?id=${documentId}${locale ? `&locale=${locale}` : ''}`,
    async stop() {
      await app.stop();
      delete process.env.PUBLIC_DIR;
      rmSync(publicDir, { recursive: true, force: true });
    },
  };
}
