import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Job } from '../../../server/src/jobs/api-types';
import { api } from '../api';
import { useFormats } from '../format';
import { useStageText, useText } from '../text';
import { ProgressBar } from './ProgressBar';

interface JobProgressProps {
  title: string;
  /** Null until the server first answered. */
  job: Job | null;
  mayCancel: boolean;
}

/** A running job: what it does now, how far it is, and a way to stop it. */
export function JobProgress({ title, job, mayCancel }: JobProgressProps) {
  const text = useText();
  const stageText = useStageText();
  const format = useFormats();
  const [cancelling, setCancelling] = useState(false);
  const progress = job?.progress ?? 0;
  const stage = cancelling ? text('clv.job.cancelling') : stageText(job?.stage ?? null);

  async function cancel(id: string) {
    setCancelling(true);
    try {
      await api.cancel(id);
    } catch {
      // It may have ended meanwhile; whoever follows the job sees how.
      setCancelling(false);
    }
  }

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={5}>
      <Flex gap={4} justifyContent="space-between" alignItems="center">
        <Flex direction="column" alignItems="stretch" gap={2} flex="1" minWidth={0}>
          <Flex justifyContent="space-between" gap={4}>
            <Typography fontWeight="bold">{title}</Typography>
            <Typography textColor="neutral600" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {format.percent(Math.floor(progress * 100) / 100)}
            </Typography>
          </Flex>
          <ProgressBar label={title} share={progress} />
          {/* Only the stage is announced: a percentage every second would drown everything else. */}
          <Typography variant="pi" textColor="neutral600" role="status">
            {stage}
          </Typography>
        </Flex>
        {mayCancel && job && (
          <Button variant="tertiary" size="S" onClick={() => cancel(job.id)} disabled={cancelling}>
            {text('clv.job.cancel')}
          </Button>
        )}
      </Flex>
    </Box>
  );
}
