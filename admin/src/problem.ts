import { isFetchError, useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';
import { useText } from './text';

/** Says what was wrong and what to do: in the server's words where it gave any that help. */
export function useProblemText(): (error: unknown) => string {
  const text = useText();
  return useCallback(
    (error) => {
      if (!isFetchError(error)) return text('clv.error.unreachable');
      const failed = (error.status ?? 0) >= 500;
      return failed || !error.message ? text('clv.error.server') : error.message;
    },
    [text],
  );
}

/** Runs what a button does; when it fails, says so above the page. */
export function useAttempt(): (action: () => Promise<unknown>) => Promise<void> {
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  return async (action) => {
    try {
      await action();
    } catch (error) {
      toggleNotification({ type: 'danger', message: problemText(error) });
    }
  };
}
