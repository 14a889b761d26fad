import { useState } from 'react';
import type { CheckResult, KindInfo } from '../../../../../server/src/crm/sync/api-types';
import { useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { optionsOf, type Typed } from '../options';
import { type Failure, failureOf } from './failure';

export interface ConnectionTest {
  /** What the CRM answered; null before, and once something was typed since. */
  check: CheckResult | null;
  failure: Failure | null;
  /** What is wrong, by field of the form. */
  errors: Record<string, string>;
  busy: boolean;
  /** Asks the CRM. @returns the first field that is wrong, or null */
  run: () => Promise<string | null>;
  /** Forgets what was found. */
  reset: () => void;
}

interface Subject {
  kind: KindInfo | null;
  typed: Typed;
  secretsSet: readonly string[];
  connectionId?: string;
  onFound?: (check: CheckResult) => void;
}

const NOTHING = { check: null, failure: null, errors: {} };

/** Tests what stands in the form of a kind, without storing anything. */
export function useConnectionTest({
  kind,
  typed,
  secretsSet,
  connectionId,
  onFound,
}: Subject): ConnectionTest {
  const text = useText();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Pick<ConnectionTest, 'check' | 'failure' | 'errors'>>(NOTHING);

  async function run(): Promise<string | null> {
    if (!kind) return null;
    const { options, wrong } = optionsOf(kind.form, typed, secretsSet);
    const [first] = Object.keys(wrong);
    if (first !== undefined) {
      const errors = Object.fromEntries(Object.entries(wrong).map(([name, id]) => [name, text(id)]));
      setFound({ ...NOTHING, errors });
      return first;
    }
    setBusy(true);
    try {
      const check = await crm.check({ kind: kind.kind, options, ...(connectionId && { connectionId }) });
      setFound({ ...NOTHING, check });
      onFound?.(check);
      return null;
    } catch (error) {
      const failure = failureOf(error, problemText(error));
      // Beside the field when there is one, and in any case above the buttons.
      const known = kind.form.some(({ name }) => name === failure.field);
      setFound({
        check: null,
        failure,
        errors: known && failure.field ? { [failure.field]: failure.message } : {},
      });
      return known ? failure.field : null;
    } finally {
      setBusy(false);
    }
  }
  return { ...found, busy, run, reset: () => setFound(NOTHING) };
}
