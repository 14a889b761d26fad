import type { Answer } from './post';

const FIRST_MS = 30_000;
const LONGEST_MS = 6 * 3_600_000;
/** Nobody is asked to wait longer by a receiver. */
const MOST_PATIENCE_MS = 24 * 3_600_000;

/** Attempts before a message is given up; with the shortest waits the last one is more than a day after the first. */
export const MOST_ATTEMPTS = 18;
/** The same where the receiver says that it does not want it: still more than an hour, since a proxy answers 404 too while what is behind it is down. */
const MOST_REFUSALS = 9;
/** Refusals that may be over soon. */
const PASSING = [408, 425, 429];

/** What becomes of a delivery after an attempt that failed. */
export interface Verdict {
  dead: boolean;
  nextAt: number;
}

/** Whether the receiver refuses the message itself: 3xx and 4xx, but for those that pass. */
export const isRefusal = ({ status }: Answer): boolean =>
  status !== null && status >= 300 && status < 500 && !PASSING.includes(status);

/**
 * How long a message waits after its n-th failure: from half of 30 seconds, a minute, two … to the whole, up to six hours.
 * `Retry-After` is kept where it asks for more, up to a day.
 *
 * @param attempts made so far, this one included
 * @param random from 0 to 1
 */
export function verdictOn(answer: Answer, attempts: number, now: number, random: () => number): Verdict {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  const wait = Math.round(whole * (0.5 + random() / 2));
  const patience = Math.min(MOST_PATIENCE_MS, answer.retryAfterMs ?? 0);
  const most = isRefusal(answer) ? MOST_REFUSALS : MOST_ATTEMPTS;
  return { dead: answer.status === 410 || attempts >= most, nextAt: now + Math.max(wait, patience) };
}
