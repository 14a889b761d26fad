import type { Falsification, FalsificationCheck } from '../../ranking/api-types';
import { ITEMS_NEEDED } from '../../ranking/models/empirical-null';

const NAME_WIDTH = 16;

/**
 * How the ranking stood when it was tried to be proved wrong: a line for all checks together and one for each.
 *
 * @param comparable items that could be compared with what is typical
 */
export function checkLines({ checks }: Falsification, comparable: number): string[] {
  if (checks.length === 0) {
    return [`checks: cannot tell because ${comparable} items are comparable, of ${ITEMS_NEEDED} needed`];
  }
  const failed = checks.some(({ passed }) => passed === false);
  const passed = checks.some(({ passed }) => passed === true);
  const all = failed
    ? 'FAILED; take this ranking as a first hint at most'
    : passed
      ? 'passed where something could be checked'
      : 'cannot tell';
  return [`checks: ${all}`, ...checks.map(lineOf)];
}

function lineOf(check: FalsificationCheck): string {
  const { passed, note, name } = check;
  const found = foundOf(check);
  const word = passed === null ? `cannot tell because ${note}` : passed ? 'passed' : 'failed';
  return `  ${name.padEnd(NAME_WIDTH)}  ${[word, found].filter(Boolean).join(': ')}`;
}

function foundOf({ name, found, of, expected }: FalsificationCheck): string | null {
  if (found === null || of === null || expected === null) return null;
  const by = Number.isInteger(expected) ? String(expected) : expected.toFixed(1);
  if (name === 'negative control')
    return `${found} of ${of} items stand out in value from before they were read (up to ${by} may)`;
  if (name === 'shuffles')
    return `something stands out in ${found} of ${of} shuffles of the values (about ${by} by chance)`;
  if (name === 'split halves')
    return `two halves of the persons share ${found} of their first ${of} (${by} by chance)`;
  return `${found} of ${of} (${by} expected)`;
}
