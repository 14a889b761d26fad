import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router-dom';
import type { RankingPage as Answer, RankResult } from '../../../../server/src/ranking/api-types';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { TableSkeleton } from '../../components/Skeleton';
import { useFormats } from '../../format';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useRun } from '../../run';
import { useText } from '../../text';
import { ExportMenu } from './ExportMenu';
import { Summary } from './Head';
import { serverQuery, useRankingQuery } from './query';
import { RankingView } from './RankingView';

/** Once there is a ranking nobody needs them at first view. */
const Checklist = lazy(() => import('../../start/Checklist'));

export function RankingsPage() {
  const text = useText();
  const allowed = useAllowed();
  const format = useFormats();
  const [query, change] = useRankingQuery();
  const asked = { ...serverQuery(query), page: query.page, pageSize: query.pageSize };
  const { data, error, loading, reload } = useResource(`rankings ${JSON.stringify(asked)}`, () =>
    api.rankings(asked),
  );
  const page: Answer | undefined = useLast(data);
  const run = useRun<RankResult>({
    running: page?.running ?? null,
    begin: api.run,
    onEnd: reload,
    done: ({ items, population, seconds }) =>
      text('clv.run.done', { items, population, seconds: format.seconds(seconds) }),
  });
  const failed = page?.lastRun?.status === 'failed' && !run.active ? page.lastRun : null;

  return (
    <PluginPage
      title={text('clv.nav.rankings')}
      subtitle={<Summary page={page} />}
      actions={
        <>
          {page?.snapshot && (
            <>
              <LinkButton
                tag={Link}
                to={`/plugins/${PLUGIN_ID}/rankings/groups?landmark=${encodeURIComponent(page.snapshot.landmark)}`}
                variant="tertiary"
              >
                {text('clv.groups.go')}
              </LinkButton>
              <ExportMenu query={query} landmark={page.snapshot.landmark} />
            </>
          )}
          {allowed.run && (
            <Button startIcon={<ArrowsCounterClockwise />} onClick={run.start} disabled={run.active}>
              {text(run.active ? 'clv.run.running' : 'clv.run.start')}
            </Button>
          )}
        </>
      }
    >
      {page?.snapshot?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {run.active && <JobProgress title={text('clv.run.title')} job={run.job} mayCancel={allowed.run} />}
      {run.lost && <Note tone="warning">{text('clv.job.lost')}</Note>}
      {failed && (
        <Note tone="danger" title={text(page?.snapshot ? 'clv.run.last-failed' : 'clv.run.first-failed')}>
          {failed.error ?? text('clv.run.no-reason')}
        </Note>
      )}
      {error ? (
        <ErrorState title={text('clv.rankings.error')} error={error} retry={reload} />
      ) : !page ? (
        <TableSkeleton rows={8} />
      ) : page.snapshot ? (
        <Box
          style={{ opacity: loading && !data ? 0.55 : 1, transition: 'opacity 120ms' }}
          aria-busy={loading}
        >
          <RankingView page={page} snapshot={page.snapshot} query={query} change={change} />
        </Box>
      ) : page.facets.landmarks.length > 0 ? (
        <Flex direction="column" gap={3} padding={8} background="neutral0" shadow="tableShadow" hasRadius>
          <Typography textColor="neutral700">{text('clv.rankings.no-such')}</Typography>
          <Button
            variant="tertiary"
            size="S"
            onClick={() => change({ landmark: undefined, slice: undefined })}
          >
            {text('clv.rankings.no-such.back')}
          </Button>
        </Flex>
      ) : (
        !run.active && (
          <Suspense fallback={<TableSkeleton rows={6} />}>
            <Checklist rank={run} onRanked={reload} />
          </Suspense>
        )
      )}
    </PluginPage>
  );
}
