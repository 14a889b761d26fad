import { Box, Button, LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight, ArrowsCounterClockwise, Download } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { RankResult } from '../../../../server/src/ranking/api-types';
import type {
  AttributionPage as Answer,
  AttributionReport,
} from '../../../../server/src/ranking/attribution/api-types';
import { api, download } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { TableSkeleton } from '../../components/Skeleton';
import { useFormats } from '../../format';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useAttempt } from '../../problem';
import { useLast, useResource } from '../../resource';
import { useRun } from '../../run';
import { useText } from '../../text';
import { serverQuery, useAttributionQuery } from './query';
import { ReportView } from './ReportView';

export default function AttributionPage() {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [query, change] = useAttributionQuery();
  const asked = { ...serverQuery(query), page: query.page, pageSize: query.pageSize };
  const { data, error, loading, reload } = useResource(`attribution ${JSON.stringify(asked)}`, () =>
    api.attribution(asked),
  );
  const page: Answer | undefined = useLast(data);
  const report = page?.report;
  const run = useRun<RankResult>({
    running: page?.running ?? null,
    begin: api.run,
    onEnd: reload,
    done: ({ items, population, seconds }) =>
      text('clv.run.done', { items, population, seconds: format.seconds(seconds) }),
  });
  const exportCsv = () =>
    attempt(() => download('/attribution/export.csv', serverQuery(query), 'attribution.csv'));

  return (
    <PluginPage
      title={text('clv.nav.attribution')}
      subtitle={report ? <Computed report={report} /> : text('clv.attribution.subtitle')}
      actions={
        <>
          {report && (
            <Button variant="tertiary" startIcon={<Download />} onClick={exportCsv}>
              {text('clv.export')}
            </Button>
          )}
          {allowed.run && (
            <Button startIcon={<ArrowsCounterClockwise />} onClick={run.start} disabled={run.active}>
              {text(run.active ? 'clv.run.running' : 'clv.run.start')}
            </Button>
          )}
        </>
      }
    >
      {report?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {run.active && <JobProgress title={text('clv.run.title')} job={run.job} mayCancel={allowed.run} />}
      {run.lost && <Note tone="warning">{text('clv.job.lost')}</Note>}
      {error ? (
        <ErrorState title={text('clv.attribution.failed')} error={error} retry={reload} />
      ) : !page ? (
        <TableSkeleton rows={8} />
      ) : !report ? (
        !run.active && <NotYet />
      ) : report.totals.orders === 0 ? (
        <Note tone="info" title={text('clv.attribution.no-orders')}>
          {text('clv.attribution.no-orders.what', { days: report.windowDays })}
        </Note>
      ) : (
        <Box
          style={{ opacity: loading && !data ? 0.55 : 1, transition: 'opacity 120ms' }}
          aria-busy={loading}
        >
          <ReportView page={page} report={report} query={query} change={change} />
        </Box>
      )}
    </PluginPage>
  );
}

/** When the credits were computed (exactly when on hover), over which orders. */
function Computed({ report }: { report: AttributionReport }) {
  const text = useText();
  const format = useFormats();
  const { createdAt, totals, lookbackDays, currency } = report;
  const parts = [
    text('clv.attribution.orders', { n: totals.orders }),
    text('clv.attribution.lookback', { days: lookbackDays }),
    text('clv.worth.currency', { currency }),
  ];
  return (
    <>
      <time dateTime={new Date(createdAt).toISOString()} title={format.dateTime(createdAt)}>
        {text('clv.run.last', { ago: format.ago(createdAt) })}
      </time>
      {parts.map((part) => (
        <span key={part}> · {part}</span>
      ))}
    </>
  );
}

/** Before the first run there is nothing to divide. */
function NotYet() {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Card>
      <Typography textColor="neutral700">{text('clv.attribution.empty')}</Typography>
      {allowed.read && (
        <Box>
          <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}`} size="S" endIcon={<ArrowRight />}>
            {text('clv.attribution.empty.go')}
          </LinkButton>
        </Box>
      )}
    </Card>
  );
}
