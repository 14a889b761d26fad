// Small helpers to print a bench's figures and verdicts.
import { availableParallelism, loadavg } from 'node:os';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const number = (value) => Math.round(value).toLocaleString('en');

export function row(label, { events, perSecond, p50, p99 }) {
  console.log(
    `  ${label.padEnd(46)} ${number(perSecond).padStart(8)} req/s ${number(events).padStart(9)} events/s   p50 ${p50} ms   p99 ${p99} ms`,
  );
}

let failures = 0;

/**
 * Prints a ratio and whether its target is met. A quick run is not `judged`: it is too short to tell, and other work
 * may share the machine.
 */
export function verdict(label, value, target, judged) {
  const met = value >= target;
  if (judged && !met) failures += 1;
  const word = judged ? (met ? 'PASS' : 'FAIL') : 'SEEN';
  console.log(`  ${word}  ${label}: ${value.toFixed(2)}× (target ${target}×)`);
}

export function check(label, ok, details = '') {
  if (!ok) failures += 1;
  console.log(`  ${ok ? 'PASS' : 'FAIL'}  ${label}${details && `: ${details}`}`);
}

/** How many processes want a core, on average of the last minute. */
export const load = () => loadavg()[0];

const busyBefore = load() > availableParallelism() + 1;

/** Whether other work had so much of the machine when the bench began that its times tell nothing. */
export const isBusy = () => busyBefore;

/** Ends the process, with 1 when a target was missed. */
export const finish = () => process.exit(failures > 0 ? 1 : 0);
