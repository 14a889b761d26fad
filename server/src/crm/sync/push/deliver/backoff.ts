const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;

/**
 * How long a message waits after its n-th failure: from half of 30 seconds, a minute, two … to the whole, up to an hour, so that
 * messages that failed together do not come back together.
 *
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, random: () => number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(whole * (0.5 + random() / 2));
}
