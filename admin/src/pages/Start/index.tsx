import type { RankResult } from '../../../../server/src/ranking/api-types';
import { api } from '../../api';
import { JobProgress } from '../../components/JobProgress';
import { PluginPage } from '../../components/PluginPage';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useRun } from '../../run';
import Checklist from '../../start/Checklist';
import { useText } from '../../text';

/** The first steps, for whoever comes back to them: to see what is still to do, or to show a colleague. */
export default function StartPage() {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const rank = useRun<RankResult>({
    running: null,
    begin: api.run,
    onEnd: () => {},
    done: ({ items, population, seconds }) =>
      text('clv.run.done', { items, population, seconds: format.seconds(seconds) }),
  });
  return (
    <PluginPage title={text('clv.start')} subtitle={text('clv.start.subtitle')}>
      {rank.active && <JobProgress title={text('clv.run.title')} job={rank.job} mayCancel={allowed.run} />}
      <Checklist rank={rank} />
    </PluginPage>
  );
}
