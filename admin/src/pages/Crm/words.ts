import type {
  ErrorKind,
  InsightField,
  QualityKey,
  StreamName,
} from '../../../../server/src/crm/sync/api-types';
import type { Tone } from '../../components/Badge';
import type { Formats } from '../../format';
import type { MessageId, Text } from '../../text';
import type { Situation } from './situation';

export const STREAM_NAME: Record<StreamName, MessageId> = {
  customers: 'clv.crm.stream.customers',
  orders: 'clv.crm.stream.orders',
  subscriptions: 'clv.crm.stream.subscriptions',
  push: 'clv.crm.stream.push',
};

/** What went wrong, by what is to be done about it. */
export const ERROR_TITLE: Record<ErrorKind, MessageId> = {
  auth: 'clv.crm.error.auth',
  config: 'clv.crm.error.config',
  'rate-limit': 'clv.crm.error.rate-limit',
  transient: 'clv.crm.error.transient',
  permanent: 'clv.crm.error.permanent',
};

export const ERROR_ADVICE: Record<ErrorKind, MessageId> = {
  auth: 'clv.crm.error.auth.do',
  config: 'clv.crm.error.config.do',
  'rate-limit': 'clv.crm.error.rate-limit.do',
  transient: 'clv.crm.error.transient.do',
  permanent: 'clv.crm.error.permanent.do',
};

/** A colour, a sign for whoever does not see colours, and a word. */
export const SITUATION: Record<Situation['is'], { tone: Tone; sign: string; name: MessageId }> = {
  off: { tone: 'neutral', sign: '○', name: 'clv.crm.is.off' },
  running: { tone: 'secondary', sign: '↻', name: 'clv.crm.is.running' },
  'needs-you': { tone: 'danger', sign: '!', name: 'clv.crm.is.needs-you' },
  waiting: { tone: 'warning', sign: '◷', name: 'clv.crm.is.waiting' },
  listening: { tone: 'success', sign: '◉', name: 'clv.crm.is.listening' },
  paused: { tone: 'neutral', sign: '‖', name: 'clv.crm.is.paused' },
  new: { tone: 'neutral', sign: '◇', name: 'clv.crm.is.new' },
  'in-step': { tone: 'success', sign: '●', name: 'clv.crm.is.in-step' },
};

/** What is sent of each customer; the server's list has the same names in English for the CRM. */
export const INSIGHT: Record<InsightField, { name: MessageId; what: MessageId; reading?: true }> = {
  predicted: { name: 'clv.crm.insight.predicted', what: 'clv.crm.insight.predicted.what' },
  total: { name: 'clv.crm.insight.total', what: 'clv.crm.insight.total.what' },
  p_alive: { name: 'clv.crm.insight.p-alive', what: 'clv.crm.insight.p-alive.what' },
  churn_risk: { name: 'clv.crm.insight.churn-risk', what: 'clv.crm.insight.churn-risk.what' },
  tier: { name: 'clv.crm.insight.tier', what: 'clv.crm.insight.tier.what' },
  stage: { name: 'clv.crm.insight.stage', what: 'clv.crm.insight.stage.what' },
  segments: { name: 'clv.crm.insight.segments', what: 'clv.crm.insight.segments.what' },
  next_order_at: { name: 'clv.crm.insight.next-order', what: 'clv.crm.insight.next-order.what' },
  reading_score: {
    name: 'clv.crm.insight.reading-score',
    what: 'clv.crm.insight.reading-score.what',
    reading: true,
  },
  last_content: {
    name: 'clv.crm.insight.last-content',
    what: 'clv.crm.insight.last-content.what',
    reading: true,
  },
  top_content: {
    name: 'clv.crm.insight.top-content',
    what: 'clv.crm.insight.top-content.what',
    reading: true,
  },
  first_content_at: {
    name: 'clv.crm.insight.first-content',
    what: 'clv.crm.insight.first-content.what',
    reading: true,
  },
  last_content_at: {
    name: 'clv.crm.insight.last-touch',
    what: 'clv.crm.insight.last-touch.what',
    reading: true,
  },
};

export const INSIGHT_FIELDS = Object.keys(INSIGHT) as InsightField[];

/** A check of the data: what is counted, and what to do about it. */
export const CHECK: Record<QualityKey, { name: MessageId; advice: MessageId }> = {
  unmatched: { name: 'clv.crm.quality.unmatched', advice: 'clv.crm.quality.unmatched.do' },
  withoutEmail: { name: 'clv.crm.quality.without-email', advice: 'clv.crm.quality.without-email.do' },
  duplicates: { name: 'clv.crm.quality.duplicates', advice: 'clv.crm.quality.duplicates.do' },
  missingAmounts: { name: 'clv.crm.quality.amounts', advice: 'clv.crm.quality.amounts.do' },
  impossibleDates: { name: 'clv.crm.quality.dates', advice: 'clv.crm.quality.dates.do' },
  unknownCurrencies: { name: 'clv.crm.quality.currencies', advice: 'clv.crm.quality.currencies.do' },
  otherProblems: { name: 'clv.crm.quality.other', advice: 'clv.crm.quality.other.do' },
  gone: { name: 'clv.crm.quality.gone', advice: 'clv.crm.quality.gone.do' },
};

/** "about 4 minutes left"; null while it cannot be told. */
export function timeLeft(seconds: number | null, text: Text, format: Formats): string | null {
  if (seconds === null) return null;
  if (seconds < 60) return text('clv.crm.left.seconds');
  const minutes = seconds / 60;
  const time =
    minutes < 90
      ? format.duration(Math.round(minutes), 'minute')
      : format.duration(Math.round(minutes / 60), 'hour');
  return text('clv.crm.left', { time });
}
