import { scaleLinear, scaleSqrt, scaleUtc } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { styled } from 'styled-components';
import type { TimelineEvent } from '../../../../server/src/clv/api-types';
import { BottomAxis, thinned } from '../../components/charts/Axes';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Plot } from '../../components/charts/Plot';
import { usePalette } from '../../components/charts/palette';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import type { CustomerProps } from './CustomerPage';
import { EVENT_NAME, isMoney } from './event-words';
import { Glyph } from './Glyph';

const MARGIN = { top: 8, right: 16, bottom: 26, left: 92 };
const LANES: { kinds: TimelineEvent['kind'][]; name: MessageId; top: number; height: number }[] = [
  { kinds: ['order', 'refund', 'subscription'], name: 'clv.person.lane.orders', top: 0, height: 64 },
  { kinds: ['view', 'read', 'download'], name: 'clv.person.lane.reading', top: 76, height: 54 },
];
const ALIVE = { top: 144, height: 96 };
const BOTTOM = ALIVE.top + ALIVE.height;
const READING: TimelineEvent['kind'][] = ['view', 'read', 'download'];
const ROOM_FOR_A_DATE = 96;
const SHORTEST_MONTH = 28 * 86_400_000;

/** Orders and reading on one time line, and below it how likely the person was to order again. */
export function TimeLine({ detail, timezone }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const palette = usePalette();
  const { timeline, predictions, customer } = detail;
  const curve = predictions.aliveCurve;
  const times = [...timeline.map(({ at }) => at), ...curve.map(({ at }) => at)];
  const title = text('clv.person.timeline');
  if (times.length === 0)
    return (
      <ChartFrame title={title} summary={text('clv.event.none')}>
        {null}
      </ChartFrame>
    );
  const touches = timeline.filter((event) => !isMoney(event)).length;
  const summary = text('clv.person.timeline.what', {
    orders: customer.orders,
    touches,
    from: format.day(Math.min(...times), timezone),
    to: format.day(Math.max(...times), timezone),
  });
  const height = curve.length > 1 ? BOTTOM : ALIVE.top - 12;
  const kinds = (Object.keys(EVENT_NAME) as TimelineEvent['kind'][]).filter((kind) =>
    timeline.some((event) => event.kind === kind),
  );
  const colorOf = (kind: TimelineEvent['kind']) => (READING.includes(kind) ? palette.third : palette.first);
  const largest = Math.max(1, ...timeline.map(({ amount }) => Math.abs(amount ?? 0)));

  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={
        curve.length > 1
          ? {
              columns: [{ label: text('clv.event.when') }, { label: text('clv.person.alive'), end: true }],
              rows: curve.map(({ at, pAlive }) => [format.day(at, timezone), format.percent(pAlive)]),
            }
          : undefined
      }
    >
      <Key aria-hidden>
        {kinds.map((kind) => (
          <span key={kind}>
            <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
              <Glyph kind={kind} color={colorOf(kind)} ground={palette.ground} />
            </svg>
            {text(EVENT_NAME[kind])}
          </span>
        ))}
      </Key>
      <Plot label={summary} height={height + MARGIN.top + MARGIN.bottom} margin={MARGIN}>
        {(inner) => {
          const [from, to] = [Math.min(...times), Math.max(...times)];
          const x = scaleUtc({
            domain: from === to ? [from - 1, to + 1] : [from, to],
            range: [0, inner.width],
          });
          const stem = scaleSqrt({ domain: [0, largest], range: [6, LANES[0]!.height - 14] });
          const y = scaleLinear({ domain: [0, 1], range: [BOTTOM, ALIVE.top] });
          const ticks = x.ticks(6);
          const step = ticks.length > 1 ? Number(ticks[1]) - Number(ticks[0]) : to - from;
          const nameOf = (date: Date) =>
            step < SHORTEST_MONTH
              ? format.dayOfMonth(date.getTime())
              : format.month(date.toISOString().slice(0, 7));
          // Within a day or two several ticks bear one name.
          const named = ticks.filter((date, i) => i === 0 || nameOf(date) !== nameOf(ticks[i - 1]!));
          const dates = thinned(named, inner.width / ROOM_FOR_A_DATE);
          return (
            <>
              {LANES.map(({ name, top, height: lane }) => (
                <g key={name}>
                  <text x={-MARGIN.left + 2} y={top + lane - 4} fill={palette.words}>
                    {text(name)}
                  </text>
                  <line x1={0} x2={inner.width} y1={top + lane} y2={top + lane} stroke={palette.grid} />
                </g>
              ))}
              {timeline.map((event, index) => {
                const at = x(event.at);
                const hint = `${format.day(event.at, timezone)}: ${text(EVENT_NAME[event.kind])}, ${event.label}${
                  event.amount === null || event.currency === null
                    ? ''
                    : `, ${format.money(event.amount, event.currency, 0)}`
                }`;
                const lane = LANES.find(({ kinds }) => kinds.includes(event.kind))!;
                const floor = lane.top + lane.height;
                const rise = isMoney(event) ? stem(Math.abs(event.amount ?? 0)) : heightOf(event.kind);
                const color = colorOf(event.kind);
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: events never move within the line
                  <g key={index}>
                    {isMoney(event) && (
                      <line x1={at} x2={at} y1={floor} y2={floor - rise} stroke={color} strokeWidth={1.5} />
                    )}
                    <g transform={`translate(${at} ${floor - rise})`}>
                      <Glyph kind={event.kind} color={color} ground={palette.ground} />
                      <title>{hint}</title>
                    </g>
                  </g>
                );
              })}
              {curve.length > 1 && (
                <>
                  <text x={-MARGIN.left + 2} y={ALIVE.top} dy="0.32em" fill={palette.words}>
                    {text('clv.person.lane.alive')}
                  </text>
                  {[0, 0.5, 1].map((share) => (
                    <g key={share}>
                      <line x1={0} x2={inner.width} y1={y(share)} y2={y(share)} stroke={palette.grid} />
                      <text
                        x={-8}
                        y={y(share) - (share === 0 ? 3 : 0)}
                        dy="0.32em"
                        textAnchor="end"
                        fill={palette.words}
                      >
                        {format.wholePercent(share)}
                      </text>
                    </g>
                  ))}
                  <LinePath
                    data={curve}
                    x={(point) => x(point.at)}
                    y={(point) => y(point.pAlive)}
                    stroke={palette.second}
                    strokeWidth={2}
                  />
                </>
              )}
              <BottomAxis
                inner={{ ...inner, height }}
                ticks={dates.map((date) => ({
                  at: x(date),
                  label: nameOf(date),
                }))}
              />
            </>
          );
        }}
      </Plot>
    </ChartFrame>
  );
}

/** Views, reads and downloads stand at heights of their own, so that they do not cover each other. */
const heightOf = (kind: TimelineEvent['kind']) => 10 + 16 * READING.indexOf(kind);

const Key = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem 1.6rem;
  padding-bottom: 0.8rem;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral700};

  span {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
  }
`;
