import { ErrorState } from '../../../components/ErrorState';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { experiments } from '../experiments-api';
import { Plan } from './Plan';

/** Plans an experiment; the list is asked for the segments there are. */
export function NewPage() {
  const text = useText();
  const { data, error, reload } = useResource('experiments', experiments.list);
  return (
    <PluginPage title={text('clv.experiments.new')} subtitle={text('clv.experiments.new.subtitle')}>
      {error && !data ? (
        <ErrorState title={text('clv.experiments.failed')} error={error} retry={reload} />
      ) : data ? (
        <Plan segments={data.segments} />
      ) : (
        <CardSkeleton cards={3} />
      )}
    </PluginPage>
  );
}
