import { useParams } from 'react-router-dom';
import { ErrorState } from '../../../components/ErrorState';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { experiments } from '../experiments-api';
import { Plan } from './Plan';

/** Changes a draft; of an experiment that has begun, its name. */
export function EditPage() {
  const text = useText();
  const { id = '' } = useParams();
  const one = useResource(`experiment ${id}`, () => experiments.one(id));
  const list = useResource('experiments', experiments.list);
  const error = one.error ?? list.error;
  const retry = () => {
    one.reload();
    list.reload();
  };
  return (
    <PluginPage
      title={text('clv.experiments.edit.title')}
      subtitle={<bdi>{one.data?.experiment.name ?? text('clv.experiments.subtitle')}</bdi>}
    >
      {error ? (
        <ErrorState title={text('clv.experiments.failed')} error={error} retry={retry} />
      ) : one.data && list.data ? (
        <Plan key={id} experiment={one.data.experiment} segments={list.data.segments} />
      ) : (
        <CardSkeleton cards={3} />
      )}
    </PluginPage>
  );
}
