import { Box, LinkButton } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { useEffect } from 'react';
import { Link } from 'react-router-dom';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { Note } from '../../../components/Note';
import { Snippet } from '../../../components/Snippet';
import { useAttempt } from '../../../problem';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { connectionPath } from '../ConnectionCard';
import { Runs } from '../connection/Runs';
import { StreamCards } from '../connection/StreamCards';
import { crm } from '../crm-api';
import { usePoll } from '../poll';

const TITLE = {
  running: 'clv.crm.first.running',
  done: 'clv.crm.first.done',
  listens: 'clv.crm.first.listens',
} as const;
const WHAT = {
  running: 'clv.crm.first.running.what',
  done: 'clv.crm.first.done.what',
  listens: 'clv.crm.webhook.what',
} as const;

/** The first run, stream by stream; it goes on when the window is closed. */
export function FirstRun({ created }: { created: ConnectionDetail }) {
  const text = useText();
  const attempt = useAttempt();
  const { id } = created;
  const { data, reload } = useResource(`crm connection ${id}`, () => crm.connection(id));
  const connection = useLast(data) ?? created;
  const pulls = connection.streams.filter(({ stream }) => stream !== 'push');
  const busy = pulls.some(({ jobId }) => jobId !== null);
  const listens = pulls.length === 0;
  const done = !listens && !busy && pulls.every(({ lastDoneAt }) => lastDoneAt !== null);
  usePoll(reload, !done && !listens);

  const state = listens ? 'listens' : done ? 'done' : 'running';

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the connection was made
  useEffect(() => {
    void attempt(async () => {
      for (const { stream, jobId } of created.streams)
        if (stream !== 'push' && jobId === null) await crm.run(id, stream);
      reload();
    });
  }, []);

  return (
    <>
      <Note tone="info" title={text(TITLE[state])}>
        <span role="status">{text(WHAT[state])}</span>
      </Note>
      {listens && connection.webhookUrl && (
        <Snippet code={connection.webhookUrl} label={text('clv.crm.webhook')} />
      )}
      <StreamCards connection={connection} onChange={reload} />
      <Runs id={id} streams={connection.streams} />
      <Box>
        <LinkButton tag={Link} to={connectionPath(id)} endIcon={<ArrowRight />}>
          {text('clv.crm.first.go')}
        </LinkButton>
      </Box>
    </>
  );
}
