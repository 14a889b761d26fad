import type { Falsification, FalsificationCheck } from '../../ranking/api-types';

const NAME_WIDTH = 16;

/** How the ranking stood when it was tried to be proved wrong: a line for all checks together and one for each. */
export function checkLines({ checks, passed }: Falsification): string[] {
  const all =
    passed === null
      ? 'cannot tell'
      : passed
        ? 'passed where something could be checked'
        : 'FAILED; take this ranking as a first hint at most';
  return [`checks: ${all}`, ...checks.map((check) => `  ${check.name.padEnd(NAME_WIDTH)}  ${lineOf(check)}`)];
}

function lineOf(check: FalsificationCheck): string {
  const { passed, note, found, of, expected } = check;
  const unknown = `cannot tell because ${note}`;
  if (found === null || of === null || expected === null) return unknown;
  const word = passed === null ? unknown : passed ? 'passed' : failedIn(check);
  return `${word}: ${foundIn(check, found, of, Number.isInteger(expected) ? String(expected) : expected.toFixed(1))}`;
}

/** Verdicts do not rest on the plain figures. */
const failedIn = ({ name }: FalsificationCheck): string =>
  name === 'value before' ? 'do not go by the plain figures' : 'failed';

function foundIn({ name, ratio }: FalsificationCheck, found: number, of: number, expected: string): string {
  switch (name) {
    case 'negative control':
      return `${found} of ${of} items stand out in value from before they were read (up to ${expected} may)`;
    case 'shuffles':
      return `something stands out in ${found} of ${of} shuffles of the values (about ${expected} by chance)`;
    case 'split halves':
      return `two halves of the persons share ${found} of their first ${of} (${expected} by chance)`;
    case 'value before':
      return `readers of ${found} of ${of} items had been worth more or less than others before the item came out (up to ${expected} may), the middle item's ${(ratio ?? 1).toFixed(2)} times as much`;
    default:
      return `${found} of ${of} (${expected} expected)`;
  }
}
