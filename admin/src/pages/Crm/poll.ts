import { useEffect, useRef } from 'react';

/** While something runs, and while nothing does. */
const BUSY_MS = 1_500;
const CALM_MS = 20_000;

/** Asks again and again, more often while something is under way; not while nobody looks at the window. */
export function usePoll(reload: () => void, busy: boolean): void {
  const latest = useRef(reload);
  latest.current = reload;
  useEffect(() => {
    const ask = () => {
      if (!document.hidden) latest.current();
    };
    const timer = window.setInterval(ask, busy ? BUSY_MS : CALM_MS);
    return () => window.clearInterval(timer);
  }, [busy]);
}
