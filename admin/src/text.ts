import { useCallback } from 'react';
import { type PrimitiveType, useIntl } from 'react-intl';
import type { Verdict } from '../../server/src/ranking/api-types';
import type en from './translations/en.json';

export type MessageId = keyof typeof en;

export type Text = (id: MessageId, values?: Record<string, PrimitiveType>) => string;

/** Gives the administrator's language: `text('clv.retry')` is "Try again" or "Riprova". */
export function useText(): Text {
  const { formatMessage } = useIntl();
  return useCallback<Text>((id, values) => formatMessage({ id }, values), [formatMessage]);
}

/** The words for where a job stands; a stage without words is just "Working". */
export function useStageText(): (stage: string | null) => string {
  const { formatMessage, messages } = useIntl();
  return useCallback(
    (stage) => {
      const id = `clv.stage.${stage}`;
      return formatMessage({ id: id in messages ? id : 'clv.stage.working' });
    },
    [formatMessage, messages],
  );
}

export const VERDICT_NAME: Record<Verdict, MessageId> = {
  associated: 'clv.verdict.associated',
  'below typical': 'clv.verdict.below-typical',
  'not distinguishable': 'clv.verdict.not-distinguishable',
  'support-like': 'clv.verdict.support-like',
  'not enough data': 'clv.verdict.not-enough-data',
};

export const VERDICTS = Object.keys(VERDICT_NAME) as Verdict[];
