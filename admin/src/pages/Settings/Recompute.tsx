import { Button, Flex } from '@strapi/design-system';
import type { ValueResult } from '../../../../server/src/clv/api-types';
import type { RankResult } from '../../../../server/src/ranking/api-types';
import type { NeededRun } from '../../../../server/src/settings/api-types';
import { api } from '../../api';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useRun } from '../../run';
import { useText } from '../../text';

interface RecomputeProps {
  /** Runs that are still to come before screens show what was saved. */
  runs: NeededRun[];
  onDone: (run: NeededRun) => void;
}

/** After saving: what screens do not show yet, and the runs that bring it. */
export function Recompute({ runs, onDone }: RecomputeProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const fit = useRun<ValueResult>({
    running: null,
    begin: api.fit,
    onEnd: () => onDone('value'),
    done: ({ customers, prospects, seconds }) =>
      text('clv.fit.done', { customers, prospects, seconds: format.seconds(seconds) }),
  });
  const rank = useRun<RankResult>({
    running: null,
    begin: api.run,
    onEnd: () => onDone('rank'),
    done: ({ items, population, seconds }) =>
      text('clv.run.done', { items, population, seconds: format.seconds(seconds) }),
  });
  const active = fit.active || rank.active;
  return (
    <>
      {runs.length > 0 && (
        <Note
          tone="info"
          title={text('clv.settings.recompute')}
          action={
            <Flex gap={2} wrap="wrap">
              {runs.includes('value') && allowed.fit && (
                <Button size="S" onClick={fit.start} disabled={active}>
                  {text('clv.settings.recompute.value')}
                </Button>
              )}
              {runs.includes('rank') && allowed.run && (
                <Button size="S" variant="secondary" onClick={rank.start} disabled={active}>
                  {text('clv.settings.recompute.rank')}
                </Button>
              )}
            </Flex>
          }
        >
          {text('clv.settings.recompute.what')}
        </Note>
      )}
      {fit.active && <JobProgress title={text('clv.fit.title')} job={fit.job} mayCancel={allowed.fit} />}
      {rank.active && <JobProgress title={text('clv.run.title')} job={rank.job} mayCancel={allowed.run} />}
    </>
  );
}
