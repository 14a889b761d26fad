import { useEffect, useRef } from 'react';

/** Does something again and again; not while nobody looks at the window. */
export function useEvery(ms: number, action: () => void): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) latest.current();
    }, ms);
    return () => window.clearInterval(timer);
  }, [ms]);
}
