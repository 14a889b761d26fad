import { describe, expect, test } from 'vitest';
import { canonicalPersons } from '../../../server/src/identity/merges/canonical-persons';

const canonical = (...merges: string[]) =>
  Object.fromEntries(canonicalPersons(merges.map((pair) => ({ from: pair[0], into: pair[1] }))));

describe('the canonical person', () => {
  test('is the one merged into', () => {
    expect(canonical('AB')).toEqual({ A: 'B', B: 'B' });
  });

  test('carries over a whole group', () => {
    expect(canonical('AB', 'BC')).toEqual({ A: 'C', B: 'C', C: 'C' });
    expect(canonical('AB', 'CD', 'AC')).toEqual({ A: 'D', B: 'D', C: 'D', D: 'D' });
  });

  test('of someone merged into a merged person is that group’s', () => {
    expect(canonical('AB', 'CA')).toEqual({ A: 'B', B: 'B', C: 'B' });
  });

  test('a merged person merged into somebody else brings the group along', () => {
    expect(canonical('AB', 'AD')).toEqual({ A: 'D', B: 'D', D: 'D' });
  });

  test('without a merge in the middle is what the others say', () => {
    expect(canonical('AB', 'BC', 'DA')).toEqual({ A: 'C', B: 'C', C: 'C', D: 'C' });
    expect(canonical('AB', 'DA')).toEqual({ A: 'B', B: 'B', D: 'B' });
    expect(canonical('BC', 'DA')).toEqual({ B: 'C', C: 'C', D: 'A', A: 'A' });
  });
});
