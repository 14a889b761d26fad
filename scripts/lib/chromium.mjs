// Finds a Chromium, Chrome or Edge that the browser tests can drive.
import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where Playwright keeps the browsers that it downloaded, and where each of them has its program. */
const PLAYWRIGHT_CACHES = [
  path.join(homedir(), '.cache/ms-playwright'),
  path.join(homedir(), 'Library/Caches/ms-playwright'),
  path.join(homedir(), 'AppData/Local/ms-playwright'),
];
const PLAYWRIGHT_PROGRAMS = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win/chrome.exe',
  'chrome-win64/chrome.exe',
];

function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The newest first. */
function downloadedByPlaywright() {
  return PLAYWRIGHT_CACHES.flatMap((cache) =>
    foldersIn(cache)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]))
      .flatMap((name) => PLAYWRIGHT_PROGRAMS.map((program) => path.join(cache, name, program))),
  );
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a browser, from CLV_CHROMIUM, the PATH, the usual places or Playwright's downloads; null when there is none.
 *
 * @throws when CLV_CHROMIUM names a file that cannot be run
 */
export function findChromium() {
  const named = process.env.CLV_CHROMIUM;
  if (named) {
    if (!isExecutable(named))
      throw new Error(`CLV_CHROMIUM is "${named}", which is not a program that can be run.`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...candidates, ...PLACES, ...downloadedByPlaywright()].find(isExecutable) ?? null;
}
