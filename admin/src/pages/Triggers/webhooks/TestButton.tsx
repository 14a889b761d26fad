import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Endpoint, EndpointTest } from '../../../../../server/src/activation/triggers/api-types';
import { useFormats } from '../../../format';
import { useAttempt } from '../../../problem';
import { useText } from '../../../text';
import { triggers } from '../triggers-api';

/** Sends a message at once, and says what came of it. */
export function TestButton({ endpoint: { id } }: { endpoint: Endpoint }) {
  const text = useText();
  const format = useFormats();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<EndpointTest | null>(null);

  async function test() {
    setBusy(true);
    setResult(null);
    await attempt(async () => setResult(await triggers.test(id)));
    setBusy(false);
  }

  return (
    <Flex gap={3} wrap="wrap">
      <Button size="S" variant="secondary" loading={busy} onClick={test}>
        {text('clv.triggers.test')}
      </Button>
      <div role="status" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {result && (
          <Typography variant="pi" textColor={result.ok ? 'success700' : 'danger600'}>
            {result.ok
              ? text('clv.triggers.test.ok', {
                  status: String(result.status),
                  ms: format.integer(result.milliseconds),
                })
              : text('clv.triggers.test.failed', { reason: result.reason ?? String(result.status ?? '') })}
          </Typography>
        )}
      </div>
    </Flex>
  );
}
