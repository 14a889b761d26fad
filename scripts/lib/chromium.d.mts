/** The path of a browser, or null when there is none; throws when CLV_CHROMIUM names a file that cannot be run. */
export function findChromium(): string | null;
