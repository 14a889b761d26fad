/*
 * How long the page is visible and in focus, and how far down it was seen. A page has one reader, so this is the
 * module's own state.
 */

export interface Increment {
  seconds: number;
  depth: number;
}

/** When attention was last counted; 0 while there is none. */
let since = 0;
let spent = 0;
/** The lowest point seen, in pixels from the content's top: right too for a page that grows while it loads. */
let lowest = 0;
let depth = 0;
let told = 0;

/** Takes note of the time since the last call, and of whether the page has attention from now on. */
export const countAttention = (): void => {
  const now = performance.now();
  // Longer than the heartbeat, the machine slept.
  if (since) spent += Math.min(now - since, 40_000);
  since = document.hasFocus() && !document.hidden ? now : 0;
};

/** Takes note of how far down the content was seen, in whole per cent; content without a height was not. */
export const measureDepth = (): void => {
  const content = document.querySelector('[data-clv-content]') ?? document.documentElement;
  lowest = Math.max(lowest, innerHeight - content.getBoundingClientRect().top);
  depth = Math.min(100, ((100 * lowest) / content.scrollHeight + 0.5) | 0);
};

/** Begins anew, for another piece of content. */
export const restartReading = (): void => {
  countAttention();
  spent = 0;
  // At first a new page may still stand where the last one was scrolled to; until it settled no depth is news.
  told = 100;
  setTimeout(() => {
    lowest = 0;
    measureDepth();
    told = depth;
  }, 1000);
};

/** What was read since the last increment, when it is worth telling: three seconds, or a deeper scroll. */
export const takeIncrement = (): Increment | undefined => {
  countAttention();
  const seconds = (spent / 1000) | 0;
  if (seconds < 3 && depth <= told) return;
  spent -= seconds * 1000;
  told = depth;
  return { seconds, depth };
};
