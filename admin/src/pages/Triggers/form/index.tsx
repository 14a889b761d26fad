import { Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type {
  Trigger,
  TriggerKind,
  TriggerList,
} from '../../../../../server/src/activation/triggers/api-types';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useResource } from '../../../resource';
import { type Text, useText } from '../../../text';
import { KINDS, STARTERS } from '../kinds';
import { TRIGGERS, triggers } from '../triggers-api';
import { TriggerForm } from './TriggerForm';

/** A new trigger: of the kind that the address names, if it names one. */
export function NewPage() {
  const text = useText();
  const [params] = useSearchParams();
  const kind = params.get('kind');
  const { data, error, reload } = useResource('triggers', triggers.list);
  return (
    <PluginPage title={text('clv.triggers.new')} subtitle={text('clv.triggers.new.what')}>
      {error ? (
        <ErrorState title={text('clv.triggers.failed')} error={error} retry={reload} />
      ) : data ? (
        <TriggerForm key={kind} start={startOf(kind, data, text)} list={data} />
      ) : (
        <CardSkeleton cards={4} />
      )}
    </PluginPage>
  );
}

/** What a starter brings. The only webhook there is, is meant; of several somebody chooses. */
function startOf(kind: string | null, { endpoints }: TriggerList, text: Text): Partial<Trigger> {
  const on = endpoints.filter(({ enabled }) => enabled).map(({ id }) => id);
  const actions = { endpoints: on.length === 1 ? on : [], connections: [] };
  if (kind === null || !(kind in KINDS)) return { actions };
  const starter = STARTERS.find((one) => one.kind === kind);
  return { kind: kind as TriggerKind, name: starter ? text(starter.name) : '', actions };
}

/** One trigger, to be looked at or changed. */
export function EditPage() {
  const text = useText();
  const { id = '' } = useParams();
  const { data, error, reload } = useResource('triggers', triggers.list);
  const trigger = data?.triggers.find((one) => one.id === id);
  return (
    <PluginPage
      title={trigger?.name ?? text('clv.nav.triggers')}
      subtitle={<bdi>{trigger?.name ?? text('clv.triggers.subtitle')}</bdi>}
    >
      <div>
        <TextLink tag={Link} to={TRIGGERS} startIcon={<ArrowLeft />}>
          {text('clv.triggers.all')}
        </TextLink>
      </div>
      {error ? (
        <ErrorState title={text('clv.triggers.failed')} error={error} retry={reload} />
      ) : !data ? (
        <CardSkeleton cards={4} />
      ) : trigger ? (
        <TriggerForm key={id} start={trigger} list={data} />
      ) : (
        <Note tone="warning" title={text('clv.triggers.gone')}>
          {text('clv.triggers.gone.what')}
        </Note>
      )}
    </PluginPage>
  );
}
