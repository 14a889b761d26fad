// Makes docs/rankings.png from the running demonstration: node scripts/screenshot.mjs [http://localhost:1337]
import path from 'node:path';
import { chromium } from 'playwright-core';
import { LOGIN } from './demo/admin.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root } from './lib/run.mjs';

const url = process.argv[2] ?? 'http://localhost:1337';

const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1020 }, colorScheme: 'light' });
  await page.goto(`${url}/admin/auth/login`);
  await page.getByLabel(/email/i).fill(LOGIN.email);
  await page.getByLabel('Password', { exact: false }).first().fill(LOGIN.password);
  await page.getByRole('button', { name: /login/i }).click();
  await page.waitForURL((place) => !place.pathname.includes('/auth/'));
  await page.goto(`${url}/admin/plugins/clv`);
  await page.getByRole('table').waitFor();
  await page.evaluate(() => document.fonts.ready);
  // Strapi's own news may stand on top.
  const news = page.getByRole('button', { name: /close/i });
  if (await news.isVisible()) await news.click();
  await page.screenshot({ path: path.join(root, 'docs/rankings.png') });
} finally {
  await browser.close();
}
