// How late the event loop is, and how much of that the process itself is to blame for.
import { existsSync, openSync, readSync } from 'node:fs';

const STATISTICS = `/proc/self/task/${process.pid}/schedstat`;
const buffer = Buffer.alloc(80);
const file = existsSync(STATISTICS) ? openSync(STATISTICS, 'r') : null;

/** Milliseconds that the main thread has waited for a core so far (Linux: the second figure of schedstat); 0 elsewhere. */
function waitedForCore() {
  if (file === null) return 0;
  const length = readSync(file, buffer, 0, buffer.length, 0);
  return Number(buffer.toString('latin1', 0, length).split(' ')[1]) / 1e6;
}

/**
 * Asks for a turn of the loop every millisecond until stopped. `late` is by how much a turn came too late, `held` the same
 * less the time for which the thread was ready and other programs had the cores: what code in this process held it for.
 */
export function watchEventLoop() {
  const late = [];
  let held = 0;
  let last = performance.now();
  let waited = waitedForCore();
  const timer = setInterval(() => {
    const now = performance.now();
    const wait = waitedForCore();
    const delay = Math.max(0, now - last - 1);
    late.push(delay);
    held = Math.max(held, delay - (wait - waited));
    last = now;
    waited = wait;
  }, 1);
  return () => {
    clearInterval(timer);
    const sorted = Float64Array.from(late).sort();
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { median: at(0.5), p99: at(0.99), most: at(1), held };
  };
}

/** Whether `held` can be told from `late` on this system. */
export const tellsHeld = file !== null;
