import { useCallback } from 'react';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { Situation } from './situation';
import { ERROR_ADVICE, ERROR_TITLE, STREAM_NAME } from './words';

/** Says how something fares in a sentence or two: what is, and what to do where somebody must. */
export function useSituationSentence(): (situation: Situation) => string {
  const text = useText();
  const format = useFormats();
  return useCallback(
    (situation) => {
      switch (situation.is) {
        case 'off':
          return text('clv.crm.says.off');
        case 'running':
          return text('clv.crm.progress', { stream: text(STREAM_NAME[situation.stream.stream]) });
        case 'needs-you':
          return `${text(ERROR_TITLE[situation.kind])}. ${text(ERROR_ADVICE[situation.kind])}`;
        case 'waiting': {
          const kind = situation.stream.errorKind ?? 'rate-limit';
          return situation.until === null
            ? `${text(ERROR_TITLE[kind])}. ${text(ERROR_ADVICE[kind])}`
            : `${text(ERROR_TITLE[kind])}. ${text('clv.crm.says.until', {
                when: format.ago(situation.until),
                time: format.dateTime(situation.until),
              })}`;
        }
        case 'listening':
          return text('clv.crm.says.listening');
        case 'paused':
          return text('clv.crm.says.paused');
        case 'new':
          return text('clv.crm.says.new');
        case 'in-step':
          return text('clv.crm.says.in-step', { ago: format.ago(situation.since) });
      }
    },
    [text, format],
  );
}
