import type { TimelineEvent } from '../../../../server/src/clv/api-types';
import type { MessageId } from '../../text';

export const EVENT_NAME: Record<TimelineEvent['kind'], MessageId> = {
  order: 'clv.event.order',
  refund: 'clv.event.refund',
  view: 'clv.event.view',
  read: 'clv.event.read',
  download: 'clv.event.download',
  subscription: 'clv.event.subscription',
};

export const isMoney = ({ kind }: TimelineEvent) =>
  kind === 'order' || kind === 'refund' || kind === 'subscription';
