import { useEffect, useRef, useState } from 'react';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Legend } from '../../components/charts/Legend';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { FlowChart } from './FlowChart';
import { FlowList } from './FlowList';
import type { ReportProps } from './JourneysView';

/** Below this a river cannot be read. */
const NARROW = 700;

/** The first steps of all journeys, and what came of them. */
export function FlowCard(props: ReportProps) {
  const { report, names } = props;
  const text = useText();
  const format = useFormats();
  const { flow, counts, fewest } = report;
  const summary = text('clv.journeys.flow.summary', {
    readers: counts.readers,
    ordered: counts.ordered,
    share: format.percent(counts.ordered / Math.max(counts.readers, 1)),
  });
  const lastStep = Math.max(...flow.nodes.map(({ step }) => step));
  const stepName = (step: number) =>
    step === lastStep ? text('clv.journeys.step.now') : text('clv.journeys.step', { n: step + 1 });
  return (
    <ChartFrame
      title={text('clv.journeys.flow.title')}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.journeys.column.step') },
          { label: text('clv.moves.from'), wrap: true },
          { label: text('clv.moves.to'), wrap: true },
          { label: text('clv.column.people'), end: true },
        ],
        rows: flow.links.map(({ step, from, to, persons }) => [
          stepName(step),
          names.key(from),
          names.key(to),
          persons < fewest ? text('clv.journeys.fewer', { n: fewest }) : format.integer(persons),
        ]),
      }}
    >
      <Drawing {...props} label={`${text('clv.journeys.flow.title')}. ${summary}`} />
    </ChartFrame>
  );
}

/** A river, or a list where that would be too narrow. */
function Drawing({ report, names, onChoose, label }: ReportProps & { label: string }) {
  const text = useText();
  const [width, setWidth] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  const { flow, fewest, readingDays } = report;
  return (
    <div ref={place}>
      {width >= NARROW && (
        <>
          <Legend
            entries={[
              { name: text('clv.journeys.ordered'), color: 'good', look: 'filled' },
              { name: text('clv.journeys.items'), color: 'first', look: 'filled' },
              {
                name: text('clv.journeys.reading.long', { days: readingDays }),
                color: 'second',
                look: 'filled',
              },
              {
                name: text('clv.journeys.left.long', { days: readingDays }),
                color: 'plain',
                look: 'filled',
              },
            ]}
          />
          <FlowChart
            label={label}
            flow={flow}
            names={names}
            width={width}
            fewest={fewest}
            onChoose={onChoose}
          />
        </>
      )}
      {width > 0 && width < NARROW && <FlowList flow={flow} names={names} onChoose={onChoose} />}
    </div>
  );
}
