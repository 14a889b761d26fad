import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { ImportResult } from '../../../../server/src/crm/api-types';
import type { Job } from '../../../../server/src/jobs/api-types';
import { download } from '../../api';
import { Note } from '../../components/Note';
import { useFormats } from '../../format';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useAttempt } from '../../problem';
import { type MessageId, useText } from '../../text';
import { resultOf } from '.';

const COUNTS: [
  keyof ImportResult & ('created' | 'updated' | 'unchanged' | 'duplicates' | 'rejected'),
  MessageId,
][] = [
  ['created', 'clv.outcome.created'],
  ['updated', 'clv.outcome.updated'],
  ['unchanged', 'clv.outcome.unchanged'],
  ['duplicates', 'clv.outcome.duplicates'],
  ['rejected', 'clv.outcome.rejected'],
];

/** Gives the rejected rows of an import as a file. */
export function useErrorReport() {
  const attempt = useAttempt();
  return (job: Job) => {
    const name = resultOf(job)?.file.replace(/\.csv$/i, '') ?? job.kind;
    return attempt(() => download(`/imports/${job.id}/errors.csv`, {}, `${name}-errors.csv`));
  };
}

/** What became of the rows of an import that has just ended. */
export function Outcome({ job }: { job: Job }) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const report = useErrorReport();
  const result = resultOf(job);
  if (!result) {
    const cancelled = job.status === 'cancelled';
    return (
      <Note
        tone={cancelled ? 'info' : 'danger'}
        title={text(cancelled ? 'clv.outcome.cancelled' : 'clv.outcome.failed')}
      >
        {cancelled ? text('clv.outcome.again') : (job.error ?? text('clv.run.no-reason'))}
      </Note>
    );
  }
  // Rankings go by orders and customers alone.
  const ofValue = result.kind === 'subscriptions' || result.kind === 'costs';
  return (
    <Box
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      padding={{ initial: 4, medium: 6 }}
      role="status"
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Typography variant="delta" fontWeight="bold" tag="h3" style={{ overflowWrap: 'anywhere' }}>
          {text('clv.outcome.title', { file: result.file })}
        </Typography>
        <Flex tag="dl" gap={8} wrap="wrap">
          {COUNTS.map(([count, label]) => (
            <Flex key={count} direction="column-reverse" alignItems="flex-start">
              <Typography tag="dt" variant="pi" textColor="neutral600">
                {text(label)}
              </Typography>
              <Typography
                tag="dd"
                variant="beta"
                style={{ margin: 0 }}
                textColor={
                  result[count] === 0 ? 'neutral600' : count === 'rejected' ? 'danger600' : 'neutral800'
                }
              >
                {format.integer(result[count])}
              </Typography>
            </Flex>
          ))}
        </Flex>
        {result.notes.map((note) => (
          <Typography key={note} textColor="neutral700">
            {note}
          </Typography>
        ))}
        <Flex gap={2} wrap="wrap">
          {result.rejected > 0 && (
            <Button variant="secondary" startIcon={<Download />} onClick={() => report(job)}>
              {text('clv.outcome.report')}
            </Button>
          )}
          {allowed.read && !ofValue && (
            <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}`} variant="tertiary">
              {text('clv.outcome.rankings')}
            </LinkButton>
          )}
          {allowed.value && ofValue && (
            <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}/value`} variant="tertiary">
              {text('clv.model.empty.go')}
            </LinkButton>
          )}
        </Flex>
      </Flex>
    </Box>
  );
}
