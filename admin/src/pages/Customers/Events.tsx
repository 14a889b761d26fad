import { Typography } from '@strapi/design-system';
import type { TimelineEvent } from '../../../../server/src/clv/api-types';
import { Card, FiguresTable } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { CustomerProps } from './CustomerPage';
import { EVENT_NAME } from './event-words';

const SHOWN = 100;

/** Orders and touches one by one, the latest first. */
export function Events({ detail: { timeline, more }, timezone }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const detail = ({ amount, currency, seconds, depth }: TimelineEvent) =>
    [
      amount !== null && currency !== null && format.money(amount, currency, 0),
      seconds !== null && seconds > 0 && text('clv.event.seconds', { seconds: format.integer(seconds) }),
      depth !== null && depth > 0 && text('clv.event.depth', { depth: format.wholePercent(depth / 100) }),
    ]
      .filter(Boolean)
      .join(' · ');
  const title = text('clv.event.title');
  return (
    <Card aria-label={title}>
      <Typography tag="h3" variant="delta">
        {title}
      </Typography>
      {timeline.length === 0 ? (
        <Typography textColor="neutral600">{text('clv.event.none')}</Typography>
      ) : (
        <FiguresTable
          label={title}
          table={{
            columns: [
              { label: text('clv.event.when') },
              { label: text('clv.event.kind') },
              { label: text('clv.event.what'), wrap: true },
              { label: text('clv.event.detail'), end: true },
            ],
            rows: timeline
              .slice(0, SHOWN)
              .map((event) => [
                format.day(event.at, timezone),
                text(EVENT_NAME[event.kind]),
                event.label,
                detail(event),
              ]),
          }}
        />
      )}
      {(more || timeline.length > SHOWN) && (
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('clv.event.more', { n: Math.min(SHOWN, timeline.length) })}
        </Typography>
      )}
    </Card>
  );
}
