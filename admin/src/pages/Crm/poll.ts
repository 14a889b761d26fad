import { useEvery } from '../../every';

/** While something runs, and while nothing does. */
const BUSY_MS = 1_500;
const CALM_MS = 20_000;

/** Asks again and again, more often while something is under way. */
export const usePoll = (reload: () => void, busy: boolean): void =>
  useEvery(busy ? BUSY_MS : CALM_MS, reload);
