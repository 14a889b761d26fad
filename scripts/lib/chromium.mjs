// Finds a Chromium, Chrome or Edge that the browser tests can drive.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a browser, from CLV_CHROMIUM, the PATH or the usual places; null when there is none.
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
  return [...candidates, ...PLACES].find(isExecutable) ?? null;
}
