import { Link as BackLink, Box, Flex, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';
import type { ExperimentDetail } from '../../../../../server/src/activation/experiments/api-types';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useFormats } from '../../../format';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { ComputeButton, ComputeProgress, useCompute } from '../Compute';
import { experiments } from '../experiments-api';
import { StateBadge } from '../Look';
import { LIST } from '../paths';
import { useSince } from '../since';
import { subject } from '../words';
import { Actions } from './Actions';
import { ReportView } from './ReportView';

/** One experiment: what came of it in a sentence first, then the figures behind that. */
export function ExperimentPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { data, error, reload } = useResource(`experiment ${id}`, () => experiments.one(id));
  const detail = useLast(data);
  const compute = useCompute(reload, id);
  const experiment = detail?.experiment;
  return (
    <PluginPage
      title={experiment?.name ?? text('clv.nav.experiments')}
      subtitle={detail ? <Subtitle detail={detail} /> : text('clv.experiments.subtitle')}
      actions={
        experiment && (
          <>
            {experiment.state === 'running' && <ComputeButton compute={compute} />}
            <Actions experiment={experiment} onChange={reload} />
          </>
        )
      }
    >
      <ComputeProgress compute={compute} />
      <Box>
        <BackLink tag={Link} to={LIST} startIcon={<ArrowLeft />}>
          {text('clv.experiments.all')}
        </BackLink>
      </Box>
      {error && !detail ? (
        <ErrorState title={text('clv.experiments.failed')} error={error} retry={reload} />
      ) : !detail ? (
        <CardSkeleton cards={3} />
      ) : (
        <>
          <Flex gap={3} wrap="wrap">
            {/* The page's heading has the name too, for whoever goes by headings. */}
            <Typography tag="p" variant="beta" dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {detail.experiment.name}
            </Typography>
            <StateBadge state={detail.experiment.state} />
          </Flex>
          <ReportView detail={detail} />
          <Note tone="info" title={text('clv.experiments.not-ranking')}>
            {text('clv.experiments.not-ranking.what')}
          </Note>
        </>
      )}
    </PluginPage>
  );
}

/** What it is about, among whom, since when, and how old its figures are. */
function Subtitle({ detail: { experiment, segmentName, report } }: { detail: ExperimentDetail }) {
  const text = useText();
  const format = useFormats();
  const since = useSince();
  const parts = [
    subject(experiment, text),
    segmentName === null ? text('clv.experiments.everyone') : text('clv.experiments.only', { segmentName }),
    since(experiment),
    report && text('clv.experiments.counted', { ago: format.ago(report.at) }),
  ].filter((part): part is string => Boolean(part));
  return parts.map((part, index) => (
    <bdi key={part}>
      {index > 0 && ' · '}
      {part}
    </bdi>
  ));
}
