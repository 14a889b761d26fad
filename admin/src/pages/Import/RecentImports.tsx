import { Box, TextButton, Typography } from '@strapi/design-system';
import type { Job, JobList, JobStatus } from '../../../../server/src/jobs/api-types';
import { ErrorState } from '../../components/ErrorState';
import { PlainTable } from '../../components/PlainTable';
import { useFormats } from '../../format';
import type { Resource } from '../../resource';
import { type MessageId, useText } from '../../text';
import { resultOf } from '.';
import { useErrorReport } from './Outcome';

const STATUS: Record<JobStatus, MessageId> = {
  queued: 'clv.status.queued',
  running: 'clv.status.running',
  done: 'clv.status.done',
  failed: 'clv.status.failed',
  cancelled: 'clv.status.cancelled',
};

/** The imports of late, and their rejected rows. */
export function RecentImports({ recent }: { recent: Resource<JobList> }) {
  const text = useText();
  if (recent.error)
    return <ErrorState title={text('clv.recent.error')} error={recent.error} retry={recent.reload} />;
  const jobs = recent.data?.jobs ?? [];
  if (jobs.length === 0) return null;
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 6 }}>
      <Typography variant="delta" fontWeight="bold" tag="h3">
        {text('clv.recent.title')}
      </Typography>
      <Box paddingTop={4}>
        <PlainTable label={text('clv.recent.title')}>
          <thead>
            <tr>
              <th scope="col">{text('clv.recent.file')}</th>
              <th scope="col">{text('clv.recent.when')}</th>
              <th scope="col">{text('clv.recent.state')}</th>
              <th scope="col" className="end">
                {text('clv.outcome.created')}
              </th>
              <th scope="col" className="end">
                {text('clv.outcome.updated')}
              </th>
              <th scope="col" className="end">
                {text('clv.outcome.unchanged')}
              </th>
              <th scope="col" className="end">
                {text('clv.outcome.rejected')}
              </th>
              <th scope="col">{text('clv.recent.report')}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <Row key={job.id} job={job} />
            ))}
          </tbody>
        </PlainTable>
      </Box>
    </Box>
  );
}

function Row({ job }: { job: Job }) {
  const text = useText();
  const format = useFormats();
  const report = useErrorReport();
  const result = resultOf(job);
  const count = (value: number | undefined) => format.integer(value ?? null);
  return (
    <tr>
      <td dir="auto">{result?.file ?? '–'}</td>
      <td title={format.dateTime(job.createdAt)}>{format.ago(job.createdAt)}</td>
      <td title={job.error ?? undefined}>{text(STATUS[job.status])}</td>
      <td className="end">{count(result?.created)}</td>
      <td className="end">{count(result?.updated)}</td>
      <td className="end">{count(result?.unchanged)}</td>
      <td className="end">{count(result?.rejected)}</td>
      <td>
        {result && result.rejected > 0 ? (
          <TextButton onClick={() => report(job)}>{text('clv.recent.download')}</TextButton>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}
