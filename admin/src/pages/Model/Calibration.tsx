import { scaleLinear } from '@visx/scale';
import { BottomAxis, LeftAxis } from '../../components/charts/Axes';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Plot } from '../../components/charts/Plot';
import { usePalette } from '../../components/charts/palette';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { ModelProps } from './ModelView';

const MARGIN = { top: 12, right: 12, bottom: 42, left: 40 };

/** Predicted against actual orders in tenths of the prediction: on the line is right. */
export function Calibration({ report: { calibration } }: ModelProps) {
  const text = useText();
  const format = useFormats();
  const palette = usePalette();
  const title = text('clv.calibration.title');
  if (calibration.length === 0)
    return (
      <ChartFrame title={title} summary={text('clv.holdout.none')}>
        {null}
      </ChartFrame>
    );
  const top = calibration.at(-1)!;
  const summary = text('clv.calibration.summary', {
    predicted: format.score(top.predicted),
    actual: format.score(top.actual),
    n: top.customers,
  });
  const most = Math.max(...calibration.flatMap(({ predicted, actual }) => [predicted, actual])) || 1;
  return (
    <ChartFrame
      title={title}
      summary={summary}
      table={{
        columns: [
          { label: text('clv.calibration.tenth'), end: true },
          { label: text('clv.calibration.predicted'), end: true },
          { label: text('clv.calibration.actual'), end: true },
          { label: text('clv.column.customers'), end: true },
        ],
        rows: calibration.map(({ predicted, actual, customers }, index) => [
          format.integer(index + 1),
          format.significant(predicted),
          format.significant(actual),
          format.integer(customers),
        ]),
      }}
    >
      <Plot label={summary} height={280} margin={MARGIN}>
        {(inner) => {
          const domain = [0, most * 1.05];
          const x = scaleLinear({ domain, range: [0, inner.width] });
          const y = scaleLinear({ domain, range: [inner.height, 0] });
          return (
            <>
              <LeftAxis
                ticks={y.ticks(5).map((tick) => ({ at: y(tick), label: format.score(tick) }))}
                inner={inner}
              />
              <BottomAxis
                ticks={x.ticks(5).map((tick) => ({ at: x(tick), label: format.score(tick) }))}
                inner={inner}
                title={text('clv.calibration.predicted')}
              />
              <line
                x1={x(0)}
                y1={y(0)}
                x2={x(domain[1]!)}
                y2={y(domain[1]!)}
                stroke={palette.plain}
                strokeDasharray="5 4"
              />
              <text x={4} y={4} fill={palette.words}>
                {text('clv.calibration.actual')}
              </text>
              {calibration.map(({ predicted, actual }, index) => (
                <circle
                  // biome-ignore lint/suspicious/noArrayIndexKey: tenths are known by their place
                  key={index}
                  cx={x(predicted)}
                  cy={y(actual)}
                  r={5}
                  fill={palette.first}
                  stroke={palette.ground}
                  strokeWidth={1.5}
                >
                  <title>{`${format.score(predicted)} → ${format.score(actual)}`}</title>
                </circle>
              ))}
            </>
          );
        }}
      </Plot>
    </ChartFrame>
  );
}
