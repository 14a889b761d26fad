// `npm test`: installs what is missing, then runs every test; arguments go to vitest (`npm test -- tests/unit`).
import path from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fail, root, run } from './lib/run.mjs';

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('-'));
const withBrowser = paths.length === 0 || paths.some((place) => place.includes('browser'));

async function main() {
  await ensureInstalled();
  if (withBrowser) {
    if (findChromium()) {
      const { ensureAdminBuild } = await import('./build-admin.mjs');
      await ensureAdminBuild();
    } else {
      console.log(
        'There is no Chromium or Chrome on this machine, so the browser tests are skipped; CLV_CHROMIUM may name one.\n',
      );
    }
  }
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  return run(process.execPath, [vitest, 'run', ...args], { minutes: 60 });
}

main().then((code) => process.exit(code), fail);
