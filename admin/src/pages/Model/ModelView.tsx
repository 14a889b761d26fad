import type { ModelReport, ValueRun } from '../../../../server/src/clv/api-types';
import { useText } from '../../text';
import { Grid, Heading } from '../Value/ReportView';
import { Calibration } from './Calibration';
import { ContentEffect } from './ContentEffect';
import { Holdout } from './Holdout';
import { InUse } from './InUse';
import { Parameters } from './Parameters';
import { Tracking } from './Tracking';

export interface ModelProps {
  run: ValueRun;
  report: ModelReport;
}

/** What predicts, how well it did where the future is known, and what is in it. */
export function ModelView(props: ModelProps) {
  const text = useText();
  return (
    <>
      <InUse {...props} />
      <Heading>{text('clv.model.how-well')}</Heading>
      <Holdout {...props} />
      <Grid>
        <Calibration {...props} />
        <Tracking {...props} />
      </Grid>
      <Heading>{text('clv.model.reading')}</Heading>
      <Grid>
        <ContentEffect {...props} kind="customers" />
        <ContentEffect {...props} kind="prospects" />
      </Grid>
      <Heading>{text('clv.model.parameters')}</Heading>
      <Parameters {...props} />
    </>
  );
}
