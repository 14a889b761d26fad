import { Flex, Typography } from '@strapi/design-system';
import type { StreamState } from '../../../../server/src/crm/sync/api-types';
import { ProgressBar } from '../../components/ProgressBar';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { useSecondsLeft } from './time-left';
import { STREAM_NAME, timeLeft } from './words';

/** How far a stream is that runs: records of all there are, and when it will be done. */
export function Progress({ stream }: { stream: StreamState }) {
  const text = useText();
  const format = useFormats();
  const { done, total } = stream;
  const left = timeLeft(useSecondsLeft(done, total), text, format);
  const values = { done: format.integer(done), total: format.integer(total) };
  const push = stream.stream === 'push';
  const known = total !== null && total > 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <ProgressBar
        label={text('clv.crm.progress', { stream: text(STREAM_NAME[stream.stream]) })}
        share={known ? Math.min(done / total, 1) : null}
      />
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" textColor="neutral700" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {known
            ? text(push ? 'clv.crm.pushed-of' : 'clv.crm.pulled-of', values)
            : text(push ? 'clv.crm.pushed' : 'clv.crm.pulled', { done: values.done })}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {left}
        </Typography>
      </Flex>
    </Flex>
  );
}
