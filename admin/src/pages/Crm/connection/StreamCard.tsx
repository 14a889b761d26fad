import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useState } from 'react';
import type { ConnectionDetail, StreamState } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { useFormats } from '../../../format';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { Progress } from '../Progress';
import { SituationBadge } from '../SituationBadge';
import { type Situation, streamSituation } from '../situation';
import { useSituationSentence } from '../situation-sentence';
import { STREAM_NAME } from '../words';
import { ConfirmButton } from './ConfirmButton';

const MINUTE = 60_000;

interface StreamCardProps {
  connection: ConnectionDetail;
  stream: StreamState;
  onChange: () => void;
}

/** One stream: how it fares, when it runs again, and buttons for whoever may press them. */
export function StreamCard({ connection, stream, onChange }: StreamCardProps) {
  const text = useText();
  const sentence = useSituationSentence();
  const name = text(STREAM_NAME[stream.stream]);
  const situation: Situation = connection.enabled ? streamSituation(stream, Date.now()) : { is: 'off' };
  return (
    <Card aria-label={name}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3}>
        <Typography tag="h3" variant="delta">
          {name}
        </Typography>
        <SituationBadge is={situation.is} />
      </Flex>
      <Box flex="1">
        {situation.is === 'running' ? (
          <Progress stream={stream} />
        ) : (
          <Typography tag="p" textColor="neutral700">
            {sentence(situation)}
          </Typography>
        )}
        {stream.error && situation.is !== 'running' && (
          <Typography
            tag="p"
            variant="pi"
            textColor="neutral700"
            style={{ overflowWrap: 'anywhere' }}
            paddingTop={2}
          >
            {stream.error}
          </Typography>
        )}
        <Facts connection={connection} stream={stream} situation={situation} />
      </Box>
      <Actions connection={connection} stream={stream} onChange={onChange} />
    </Card>
  );
}

/** When it runs by itself, and what waits to go out. */
function Facts({
  connection,
  stream,
  situation,
}: Omit<StreamCardProps, 'onChange'> & { situation: Situation }) {
  const text = useText();
  const format = useFormats();
  const { everyMinutes, lastDoneAt } = stream;
  const push = stream.stream === 'push';
  const next = lastDoneAt === null || everyMinutes === null ? null : lastDoneAt + everyMinutes * MINUTE;
  const resting = connection.breakerUntil !== null && connection.breakerUntil > Date.now();
  const facts = [
    everyMinutes === null ? text('clv.crm.by-hand') : text('clv.crm.every', { n: everyMinutes }),
    situation.is === 'in-step' &&
      next !== null &&
      text('clv.crm.next', { when: format.ago(Math.max(next, Date.now())) }),
    !push &&
      stream.complete === false &&
      stream.done > 0 &&
      situation.is !== 'running' &&
      text('clv.crm.broken-off', { done: stream.done }),
    push && connection.waiting > 0 && text('clv.crm.count.waiting', { n: connection.waiting }),
    push && resting && text('clv.crm.resting', { when: format.ago(connection.breakerUntil!) }),
  ].filter(Boolean);
  return (
    <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={2}>
      {facts.join(' · ')}
    </Typography>
  );
}

function Actions({ connection, stream, onChange }: StreamCardProps) {
  const text = useText();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  if (!allowed.crmManage || !connection.enabled) return null;
  const { id } = connection;
  const name = stream.stream;
  const running = stream.jobId !== null;

  async function act(action: () => Promise<unknown>) {
    setBusy(true);
    await attempt(action);
    onChange();
    setBusy(false);
  }

  return (
    <Flex gap={2} wrap="wrap">
      {stream.paused ? (
        <Button size="S" disabled={busy} onClick={() => act(() => crm.act(id, name, 'resume'))}>
          {text('clv.crm.resume')}
        </Button>
      ) : (
        <>
          {!running && (
            <Button
              size="S"
              variant="secondary"
              startIcon={<ArrowClockwise />}
              disabled={busy}
              onClick={() => act(() => crm.run(id, name))}
            >
              {text('clv.crm.run')}
            </Button>
          )}
          <Button
            size="S"
            variant="tertiary"
            disabled={busy}
            onClick={() => act(() => crm.act(id, name, 'pause'))}
          >
            {text('clv.crm.pause')}
          </Button>
        </>
      )}
      <ConfirmButton
        size="S"
        variant="ghost"
        disabled={busy}
        label={text('clv.crm.restart')}
        title={text('clv.crm.restart.title')}
        onConfirm={() => act(() => crm.act(id, name, 'restart'))}
      >
        {text(name === 'push' ? 'clv.crm.restart.push' : 'clv.crm.restart.what')}
      </ConfirmButton>
    </Flex>
  );
}
