import { styled } from 'styled-components';
import type { ValueReport, ValueRun } from '../../../../server/src/clv/api-types';
import { useText } from '../../text';
import { Cohorts } from './Cohorts';
import { Concentration } from './Concentration';
import { Conversion } from './Conversion';
import { Formulas } from './Formulas';
import { Migration } from './Migration';
import { RatioByGroup } from './RatioByGroup';
import { RatioOverTime } from './RatioOverTime';
import { Stages } from './Stages';
import { Subscriptions } from './Subscriptions';
import { Tiers } from './Tiers';
import { Tiles } from './Tiles';
import { WhatIf } from './WhatIf';

export interface SectionProps {
  run: ValueRun;
  report: ValueReport;
}

/** A run's report, from the key figures down to the formulas behind them. */
export function ReportView(props: SectionProps) {
  const text = useText();
  return (
    <>
      <Tiles {...props} />
      <Heading>{text('clv.section.ratio')}</Heading>
      <Grid>
        <RatioByGroup {...props} />
        <RatioOverTime {...props} />
      </Grid>
      <WhatIf {...props} />
      <Heading>{text('clv.section.who')}</Heading>
      <Grid>
        <Concentration {...props} />
        <Stages {...props} />
        <Tiers {...props} />
        <Migration {...props} />
      </Grid>
      <Heading>{text('clv.section.course')}</Heading>
      <Cohorts {...props} />
      <Grid>
        <Subscriptions {...props} />
        <Conversion {...props} />
      </Grid>
      <Heading>{text('clv.section.check')}</Heading>
      <Formulas {...props} />
    </>
  );
}

export const Heading = styled.h2`
  margin: 1.6rem 0 -0.4rem;
  font-size: 1.6rem;
  line-height: 2.4rem;
  font-weight: 600;
  color: ${({ theme }) => theme.colors.neutral800};
`;

/** Two charts side by side where there is room for both. */
export const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(46rem, 100%), 1fr));
  gap: 1.6rem;
`;
