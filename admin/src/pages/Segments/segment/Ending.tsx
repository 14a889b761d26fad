import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { SegmentDetail } from '../../../../../server/src/activation/segments/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { useAttempt, useProblemText } from '../../../problem';
import { useText } from '../../../text';
import { ConfirmButton } from '../../Crm/connection/ConfirmButton';
import { SEGMENTS, segments } from '../segments-api';

/** To look anew who fits a static segment, and to take a segment away. */
export function Ending({ detail, onChange }: { detail: SegmentDetail; onChange: () => void }) {
  const text = useText();
  const attempt = useAttempt();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { toggleNotification } = useNotification();
  const [busy, setBusy] = useState(false);
  /** Why it was not deleted. */
  const [refused, setRefused] = useState<string | null>(null);
  const { id, name, membership } = detail.segment;

  const title = text(membership === 'static' ? 'clv.segments.ending' : 'clv.segments.delete');

  async function renew() {
    setBusy(true);
    await attempt(async () => {
      await segments.renew(id);
      toggleNotification({ type: 'success', message: text('clv.segments.renewed', { name }) });
      onChange();
    });
    setBusy(false);
  }
  async function remove() {
    setRefused(null);
    try {
      await segments.remove(id);
      toggleNotification({ type: 'success', message: text('clv.segments.deleted', { name }) });
      navigate(SEGMENTS);
    } catch (error) {
      setRefused(problemText(error));
    }
  }

  return (
    <Card aria-label={title}>
      <Typography tag="h3" variant="delta">
        {title}
      </Typography>
      {membership === 'static' && (
        <Typography textColor="neutral600">{text('clv.segments.renew.what')}</Typography>
      )}
      <Flex gap={2} wrap="wrap">
        {membership === 'static' && (
          <Button variant="secondary" onClick={renew} loading={busy}>
            {text('clv.segments.renew')}
          </Button>
        )}
        <ConfirmButton
          variant="danger-light"
          danger
          label={text('clv.segments.delete')}
          title={text('clv.segments.delete.title', { name })}
          onConfirm={remove}
        >
          {text('clv.segments.delete.what')}
        </ConfirmButton>
      </Flex>
      {refused && (
        <Note tone="danger" title={text('clv.segments.not-deleted')}>
          {refused}
        </Note>
      )}
    </Card>
  );
}
