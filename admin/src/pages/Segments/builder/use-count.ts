import { useEffect, useRef, useState } from 'react';
import type { SegmentFigures, SegmentRules } from '../../../../../server/src/activation/segments/api-types';
import { useLast, useResource } from '../../../resource';
import { segments } from '../segments-api';

const TYPING_MS = 400;
const FRESH_MS = 30_000;

export interface Count {
  /** Null before the first run of the value engine; undefined before the first answer. */
  figures: SegmentFigures | null | undefined;
  error: Error | undefined;
  /** What is shown is of the rules before. */
  stale: boolean;
  retry: () => void;
}

/** Whom rules fit, asked when the typing pauses; nobody is asked about no rules. */
export function useCount(rules: SegmentRules): Count {
  const now = rules.rules.length > 0 ? JSON.stringify(rules) : null;
  const [asked, setAsked] = useState(now);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(now), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [now]);
  const asking = useRef<AbortController>(undefined);
  // Nobody waits for a count once its rules are others, or the builder is left.
  useEffect(() => () => asking.current?.abort(), []);
  useEffect(() => {
    if (asked === null) asking.current?.abort();
  }, [asked]);
  const { data, error, loading, reload } = useResource(
    asked === null ? null : `segment count ${asked}`,
    () => {
      // The server stops counting for the rules of before.
      asking.current?.abort();
      asking.current = new AbortController();
      return segments.count(JSON.parse(asked ?? ''), asking.current.signal);
    },
    FRESH_MS,
  );
  const last = useLast(data);
  return { figures: last?.figures, error, stale: now !== asked || loading, retry: reload };
}
