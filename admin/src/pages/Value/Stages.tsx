import type { Stage } from '../../../../server/src/clv/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { Rows } from '../../components/charts/Rows';
import { STAGE_MEANING, STAGE_NAME } from '../../components/stage-words';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { SectionProps } from './ReportView';

const AT_RISK: Stage[] = ['at risk', 'lapsed'];

/** Where people stand in their time as customers. */
export function Stages({ run, report: { stages } }: SectionProps) {
  const text = useText();
  const format = useFormats();
  const people = stages.reduce((sum, stage) => sum + stage.people, 0);
  const atRisk = stages.find(({ stage }) => stage === 'at risk');
  const money = (value: number | null) => format.money(value, run.currency);
  return (
    <ChartFrame
      title={text('clv.stages.title')}
      summary={
        atRisk && atRisk.people > 0
          ? text('clv.stages.summary', { n: atRisk.people, value: money(atRisk.value) })
          : undefined
      }
      table={{
        columns: [
          { label: text('clv.column.stage') },
          { label: text('clv.column.people'), end: true },
          { label: text('clv.column.clv'), end: true },
          { label: text('clv.column.predicted'), end: true },
        ],
        rows: stages.map(({ stage, people: n, value, predicted }) => [
          text(STAGE_NAME[stage]),
          format.integer(n),
          money(value),
          money(predicted),
        ]),
      }}
    >
      <Rows
        label={text('clv.stages.title')}
        mark="bar"
        rows={stages.map(({ stage, people: n, predicted }) => ({
          key: stage,
          name: text(STAGE_NAME[stage]),
          note: text(STAGE_MEANING[stage]),
          value: n,
          figure: format.integer(n),
          interval:
            predicted === null
              ? people > 0
                ? format.wholePercent(n / people)
                : undefined
              : text('clv.stages.predicted', { value: money(predicted) }),
          color: AT_RISK.includes(stage) ? 'second' : 'first',
          striped: AT_RISK.includes(stage),
        }))}
      />
    </ChartFrame>
  );
}
