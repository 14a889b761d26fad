import { LinkButton } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { Link, useNavigate } from 'react-router-dom';
import type { Experiment } from '../../../../../server/src/activation/experiments/api-types';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { type MessageId, useText } from '../../../text';
import { ConfirmButton } from '../../Crm/connection/ConfirmButton';
import { experiments } from '../experiments-api';
import { experimentPath, LIST } from '../paths';
import { isTrigger } from '../words';

/** What can be done with an experiment in its state; what cannot be undone is asked first. */
export function Actions({ experiment, onChange }: { experiment: Experiment; onChange: () => void }) {
  const text = useText();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const { id, name, state } = experiment;
  if (!allowed.experimentsManage) return null;

  const act = (action: (id: string) => Promise<unknown>, done: MessageId, then: () => void) => () =>
    attempt(async () => {
      await action(id);
      toggleNotification({ type: 'success', message: text(done, { name }) });
      then();
    });

  const edit = (
    <LinkButton tag={Link} to={`${experimentPath(id)}/edit`} variant="tertiary" startIcon={<Pencil />}>
      {text(state === 'draft' ? 'clv.experiments.edit' : 'clv.experiments.rename')}
    </LinkButton>
  );
  if (state === 'stopped') return edit;
  if (state === 'running')
    return (
      <>
        {edit}
        <ConfirmButton
          variant="danger-light"
          danger
          label={text('clv.experiments.stop')}
          title={text('clv.experiments.stop.title', { name })}
          onConfirm={act(experiments.end, 'clv.experiments.stopped', onChange)}
        >
          {text(isTrigger(experiment) ? 'clv.experiments.stop.trigger' : 'clv.experiments.stop.what')}
        </ConfirmButton>
      </>
    );
  return (
    <>
      <ConfirmButton
        variant="tertiary"
        danger
        label={text('clv.experiments.delete')}
        title={text('clv.experiments.delete.title', { name })}
        onConfirm={act(experiments.remove, 'clv.experiments.deleted', () => navigate(LIST))}
      >
        {text('clv.experiments.delete.what')}
      </ConfirmButton>
      {edit}
      <ConfirmButton
        label={text('clv.experiments.start')}
        title={text('clv.experiments.start.title', { name })}
        onConfirm={act(experiments.begin, 'clv.experiments.started', onChange)}
      >
        {text('clv.experiments.start.what')}
      </ConfirmButton>
    </>
  );
}
