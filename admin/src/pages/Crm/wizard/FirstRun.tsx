import { Box, LinkButton } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { useEffect } from 'react';
import { Link } from 'react-router-dom';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { Note } from '../../../components/Note';
import { useAttempt } from '../../../problem';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { connectionPath } from '../ConnectionCard';
import { Runs } from '../connection/Runs';
import { StreamCards } from '../connection/StreamCards';
import { crm } from '../crm-api';
import { usePoll } from '../poll';

/** The first run, stream by stream; it goes on when the window is closed. */
export function FirstRun({ created }: { created: ConnectionDetail }) {
  const text = useText();
  const attempt = useAttempt();
  const { id } = created;
  const { data, reload } = useResource(`crm connection ${id}`, () => crm.connection(id));
  const connection = useLast(data) ?? created;
  const pulls = connection.streams.filter(({ stream }) => stream !== 'push');
  const busy = pulls.some(({ jobId }) => jobId !== null);
  const done = !busy && pulls.length > 0 && pulls.every(({ lastDoneAt }) => lastDoneAt !== null);
  usePoll(reload, !done);

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
      <Note tone="info" title={text(done ? 'clv.crm.first.done' : 'clv.crm.first.running')}>
        <span role="status">{text(done ? 'clv.crm.first.done.what' : 'clv.crm.first.running.what')}</span>
      </Note>
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
