import { Typography } from '@strapi/design-system';
import { useEffect } from 'react';
import type { StreamState, SyncResult, SyncRun } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { useLast, useResource } from '../../../resource';
import { type MessageId, useText } from '../../../text';
import { crm } from '../crm-api';
import { STREAM_NAME } from '../words';

const STATUS: Record<SyncRun['status'], MessageId> = {
  queued: 'clv.status.queued',
  running: 'clv.status.running',
  done: 'clv.status.done',
  failed: 'clv.status.failed',
  cancelled: 'clv.status.cancelled',
};

const COUNTS: [
  keyof SyncResult & ('seen' | 'created' | 'updated' | 'unchanged' | 'failed' | 'removed'),
  MessageId,
][] = [
  ['seen', 'clv.crm.count.seen'],
  ['created', 'clv.crm.count.created'],
  ['updated', 'clv.crm.count.updated'],
  ['unchanged', 'clv.crm.count.unchanged'],
  ['failed', 'clv.crm.count.failed'],
  ['removed', 'clv.crm.count.removed'],
];

/** The runs of late and what each did. @param streams asked again whenever one of them begins or ends */
export function Runs({ id, streams }: { id: string; streams: StreamState[] }) {
  const text = useText();
  const { data, error, reload } = useResource(`crm runs ${id}`, () => crm.runs(id));
  const runs = useLast(data)?.runs ?? [];
  const jobs = streams.map(({ jobId, lastDoneAt }) => `${jobId} ${lastDoneAt}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the jobs are decides, not the function's identity
  useEffect(() => reload(), [jobs]);
  if (error) return <ErrorState title={text('clv.crm.runs.failed')} error={error} retry={reload} />;
  if (runs.length === 0) return null;
  return (
    <Card as="div">
      <Typography tag="h3" variant="delta">
        {text('clv.crm.runs')}
      </Typography>
      <PlainTable label={text('clv.crm.runs')} tall>
        <thead>
          <tr>
            <th scope="col">{text('clv.crm.runs.when')}</th>
            <th scope="col">{text('clv.crm.runs.stream')}</th>
            <th scope="col">{text('clv.crm.runs.state')}</th>
            {COUNTS.map(([count, name]) => (
              <th key={count} scope="col" className="end">
                {text(name)}
              </th>
            ))}
            <th scope="col" className="end">
              {text('clv.crm.runs.took')}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.jobId} run={run} />
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Row({ run }: { run: SyncRun }) {
  const text = useText();
  const format = useFormats();
  const { startedAt, finishedAt, result, error } = run;
  const seconds = startedAt !== null && finishedAt !== null ? (finishedAt - startedAt) / 1000 : null;
  return (
    <tr>
      <td title={startedAt === null ? undefined : format.dateTime(startedAt)}>
        {startedAt === null ? '–' : format.ago(startedAt)}
      </td>
      <td>{text(STREAM_NAME[run.stream])}</td>
      <td className={error ? 'wrap' : undefined}>
        {text(STATUS[run.status])}
        {error && `: ${error}`}
      </td>
      {COUNTS.map(([count]) => (
        <td key={count} className="end">
          {format.integer(result?.[count] ?? null)}
        </td>
      ))}
      <td className="end">
        {seconds === null ? '–' : text('clv.crm.runs.seconds', { s: format.seconds(seconds) })}
      </td>
    </tr>
  );
}
