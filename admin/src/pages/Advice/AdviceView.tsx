import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { AdvicePage, AdviceReport } from '../../../../server/src/ranking/advice/api-types';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { type Names, useNames } from '../Journeys/names';
import { landmarkWords, VALUE_NAME } from '../Rankings/explain';
import { GapsCard } from './GapsCard';
import { TrendsCard } from './TrendsCard';
import { WorthwhileCard } from './WorthwhileCard';

export interface AdviceProps {
  report: AdviceReport;
  names: Names;
}

/** What to do more of first, then what is missing, then what moves. */
export function AdviceView({
  report,
  failedChecks,
  contents,
}: { report: AdviceReport } & Pick<AdvicePage, 'failedChecks' | 'contents'>) {
  const text = useText();
  const format = useFormats();
  const names = useNames(contents);
  const props = { report, names };
  const landmark = landmarkWords(report.landmark, text, format);
  return (
    <>
      {failedChecks && (
        <Note tone="warning" title={text('clv.advice.failed')}>
          {text('clv.advice.failed.what')}
        </Note>
      )}
      {report.landmark === 'all' && (
        <Note tone="warning" title={text('clv.landmark.all.caution')}>
          {landmark.meaning}
        </Note>
      )}
      <Grid>
        <WorthwhileCard {...props} />
        <Stack>
          <GapsCard {...props} />
          <TrendsCard {...props} direction="fading" />
          <TrendsCard {...props} direction="rising" />
        </Stack>
      </Grid>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.advice.basis', {
          landmark: landmark.name,
          value: text(VALUE_NAME[report.value]),
          fdr: format.percent(report.fdr),
        })}{' '}
        {text('clv.association')}
      </Typography>
    </>
  );
}

/** The longest list stands beside the others where there is room; each card is as high as what it says. */
const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(44rem, 100%), 1fr));
  gap: 1.6rem;
  align-items: start;
`;

const Stack = styled.div`
  display: grid;
  gap: 1.6rem;
  min-width: 0;
`;
