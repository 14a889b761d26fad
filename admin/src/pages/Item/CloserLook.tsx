import { Button, Flex, Typography } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import type { StudyResult } from '../../../../server/src/ranking/study/api-types';
import { api } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { JobProgress } from '../../components/JobProgress';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useRun } from '../../run';
import { useText } from '../../text';
import type { RankedProps } from './ItemView';
import { StudyView } from './StudyView';

/** A closer look at the item by a second method, made when somebody asks for it. */
export function CloserLook({ page, ranked, reload }: RankedProps & { reload: () => void }) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { content, study, studying } = page;
  const run = useRun<StudyResult>({
    running: studying,
    begin: () => api.study(content.contentId, ranked.snapshot.landmark),
    onEnd: reload,
    done: ({ seconds }) => text('clv.study.done', { seconds: format.seconds(seconds) }),
  });
  return (
    <Card aria-label={text('clv.study.title')}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
        <div style={{ flex: '1 1 28rem', maxWidth: '80rem' }}>
          <Typography tag="h3" variant="delta">
            {text('clv.study.title')}
          </Typography>
          <Typography tag="p" textColor="neutral700" paddingTop={1}>
            {text('clv.study.what')}
          </Typography>
          {study && (
            <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
              {text('clv.study.made', { ago: format.ago(study.createdAt) })}
            </Typography>
          )}
        </div>
        {allowed.run && (
          <Button
            variant={study ? 'tertiary' : 'default'}
            startIcon={<Search />}
            onClick={run.start}
            disabled={run.active}
          >
            {text(study ? 'clv.study.again' : 'clv.study.start')}
          </Button>
        )}
      </Flex>
      {run.active && <JobProgress title={text('clv.study.running')} job={run.job} mayCancel={allowed.run} />}
      {study && <StudyView page={page} ranked={ranked} study={study.study} />}
    </Card>
  );
}
