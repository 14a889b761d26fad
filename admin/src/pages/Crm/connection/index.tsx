import { Link as BackLink, Box, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowLeft, Pencil } from '@strapi/icons';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { Snippet } from '../../../components/Snippet';
import { useFormats } from '../../../format';
import { PLUGIN_ID, useAllowed } from '../../../plugin';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { connectionPath } from '../ConnectionCard';
import { crm } from '../crm-api';
import { usePoll } from '../poll';
import { SituationBadge } from '../SituationBadge';
import { situationOf } from '../situation';
import { ERROR_ADVICE, ERROR_TITLE } from '../words';
import { DeadLetters } from './DeadLetters';
import { Problems } from './Problems';
import { QualityView } from './QualityView';
import { Runs } from './Runs';
import { SettingsView } from './SettingsView';
import { StreamCards } from './StreamCards';
import { readShow, Views } from './Views';

/** One connection: how it fares, what it did, what failed and why, and what it is set to. */
export function ConnectionPage() {
  const text = useText();
  const allowed = useAllowed();
  const { id = '' } = useParams();
  const { data, error, reload } = useResource(`crm connection ${id}`, () => crm.connection(id));
  const connection = useLast(data);
  const busy = connection?.streams.some(({ jobId }) => jobId !== null) ?? false;
  usePoll(reload, busy);
  return (
    <PluginPage
      title={connection?.name ?? text('clv.nav.crm')}
      subtitle={connection ? <Subtitle connection={connection} /> : text('clv.crm.subtitle')}
      actions={
        connection &&
        allowed.crmManage && (
          <LinkButton tag={Link} to={`${connectionPath(id)}/edit`} variant="secondary" startIcon={<Pencil />}>
            {text('clv.crm.edit')}
          </LinkButton>
        )
      }
    >
      {error && !connection ? (
        <ErrorState title={text('clv.crm.failed')} error={error} retry={reload} />
      ) : connection ? (
        <Content connection={connection} reload={reload} />
      ) : (
        <CardSkeleton cards={3} />
      )}
    </PluginPage>
  );
}

/** Which CRM it is, whose account, and what is left of its patience. */
function Subtitle({ connection: { title, account, budget } }: { connection: ConnectionDetail }) {
  const text = useText();
  const format = useFormats();
  const parts = [title, account.name];
  if (budget) {
    const { remaining, limit, per } = budget;
    parts.push(
      text(per === 'day' ? 'clv.crm.budget.day' : 'clv.crm.budget.seconds', {
        remaining: format.integer(remaining),
        limit: format.integer(limit),
      }),
    );
  }
  return parts.filter(Boolean).join(' · ');
}

function Content({ connection, reload }: { connection: ConnectionDetail; reload: () => void }) {
  const text = useText();
  const [params] = useSearchParams();
  const show = readShow(params);
  return (
    <>
      <Box>
        <BackLink tag={Link} to={`/plugins/${PLUGIN_ID}/crm`} startIcon={<ArrowLeft />}>
          {text('clv.crm.all')}
        </BackLink>
      </Box>
      <Flex gap={3} wrap="wrap">
        {/* The page's heading has the name too, for whoever goes by headings. */}
        <Typography tag="p" variant="beta" style={{ overflowWrap: 'anywhere' }}>
          {connection.name}
        </Typography>
        <SituationBadge is={situationOf(connection, Date.now()).is} />
      </Flex>
      <Attention connection={connection} />
      <Views connection={connection} show={show} />
      {show === 'overview' && (
        <>
          {connection.streams.length === 0 && <Listening connection={connection} />}
          <StreamCards connection={connection} onChange={reload} />
          <Runs id={connection.id} streams={connection.streams} />
        </>
      )}
      {show === 'problems' && <Problems connection={connection} />}
      {show === 'dead' && <DeadLetters connection={connection} onChange={reload} />}
      {show === 'quality' && <QualityView id={connection.id} />}
      {show === 'settings' && <SettingsView connection={connection} onChange={reload} />}
    </>
  );
}

/** A connection that asks nothing: where the sender sends, and what came of it. */
function Listening({ connection: { id, webhookUrl } }: { connection: ConnectionDetail }) {
  const text = useText();
  return (
    <>
      <Note tone="info">{text('clv.crm.says.listening')}</Note>
      {webhookUrl && <Snippet code={webhookUrl} label={text('clv.crm.webhook')} />}
      <QualityView id={id} />
    </>
  );
}

/** The one thing that somebody has to do before it goes on. */
function Attention({ connection }: { connection: ConnectionDetail }) {
  const text = useText();
  const allowed = useAllowed();
  const situation = situationOf(connection, Date.now());
  if (situation.is !== 'needs-you') return null;
  const { kind, stream } = situation;
  return (
    <Note
      tone="danger"
      title={text(ERROR_TITLE[kind])}
      action={
        allowed.crmManage &&
        kind !== 'permanent' && (
          <LinkButton tag={Link} to={`${connectionPath(connection.id)}/edit`} variant="secondary" size="S">
            {text('clv.crm.edit')}
          </LinkButton>
        )
      }
    >
      {text(ERROR_ADVICE[kind])} <span style={{ overflowWrap: 'anywhere' }}>{stream.error}</span>
    </Note>
  );
}
