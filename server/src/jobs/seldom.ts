const QUIET_MS = 60_000;

/**
 * Makes a function that says something once a minute at most: what is tried again all the time, such as against a database
 * that is down, would fill the log with the same line.
 */
export function seldom<What extends unknown[]>(say: (...what: What) => void): (...what: What) => void {
  let silentUntil = 0;
  return (...what) => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + QUIET_MS;
    say(...what);
  };
}
