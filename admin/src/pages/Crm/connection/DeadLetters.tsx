import { Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ConnectionDetail } from '../../../../../server/src/crm/sync/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { Nothing } from '../../../components/Nothing';
import { Pager } from '../../../components/Pager';
import { PlainTable } from '../../../components/PlainTable';
import { TableSkeleton } from '../../../components/Skeleton';
import { useFormats } from '../../../format';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useResource } from '../../../resource';
import { useText } from '../../../text';
import { crm } from '../crm-api';
import { ERROR_TITLE } from '../words';
import { ConfirmButton } from './ConfirmButton';

/** As the server gives them. */
const PAGE_SIZE = 50;

/** Messages to the CRM that were given up, with the reason; to be sent again once it is gone, or dropped. */
export function DeadLetters({
  connection,
  onChange,
}: {
  connection: ConnectionDetail;
  onChange: () => void;
}) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [params] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const page = Number(params.get('page')) || 1;
  const { id } = connection;
  const { data, error, reload } = useResource(`crm dead ${id} ${page}`, () => crm.dead(id, { page }));

  async function act(action: () => Promise<unknown>) {
    setBusy(true);
    await attempt(action);
    reload();
    onChange();
    setBusy(false);
  }

  if (error) return <ErrorState title={text('clv.crm.dead.error')} error={error} retry={reload} />;
  if (!data) return <TableSkeleton rows={4} />;
  const { letters, total } = data;
  if (total === 0) return <Nothing>{text('clv.crm.dead.none')}</Nothing>;
  return (
    <Card as="div">
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Typography textColor="neutral700" maxWidth="72rem">
          {text('clv.crm.dead.what')}
        </Typography>
        {allowed.crmManage && (
          <Flex gap={2} wrap="wrap">
            <Button size="S" disabled={busy} onClick={() => act(() => crm.replay(id))}>
              {text('clv.crm.dead.replay-all', { n: total })}
            </Button>
            <ConfirmButton
              size="S"
              variant="tertiary"
              disabled={busy}
              danger
              label={text('clv.crm.dead.drop-all', { n: total })}
              title={text('clv.crm.dead.drop.title', { n: total })}
              onConfirm={() => act(() => crm.drop(id))}
            >
              {text('clv.crm.dead.drop.what')}
            </ConfirmButton>
          </Flex>
        )}
      </Flex>
      <PlainTable label={text('clv.crm.dead')}>
        <thead>
          <tr>
            <th scope="col">{text('clv.crm.dead.customer')}</th>
            <th scope="col">{text('clv.crm.dead.message')}</th>
            <th scope="col">{text('clv.crm.problems.reason')}</th>
            <th scope="col" className="end">
              {text('clv.crm.dead.attempts')}
            </th>
            <th scope="col">{text('clv.crm.dead.last')}</th>
            {allowed.crmManage && <th scope="col">{text('clv.crm.dead.do')}</th>}
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.id}>
              <td>
                <code>{letter.customerId}</code>
              </td>
              <td>{text(letter.noteKey === null ? 'clv.crm.dead.insights' : 'clv.crm.dead.note')}</td>
              <td className="wrap">
                <b>{text(ERROR_TITLE[letter.errorKind])}.</b> {letter.reason}
              </td>
              <td className="end">{format.integer(letter.attempts)}</td>
              <td title={format.dateTime(letter.updatedAt)}>{format.ago(letter.updatedAt)}</td>
              {allowed.crmManage && (
                <td>
                  <Flex gap={4}>
                    <TextButton disabled={busy} onClick={() => act(() => crm.replay(id, [letter.id]))}>
                      {text('clv.crm.dead.replay')}
                    </TextButton>
                    <TextButton disabled={busy} onClick={() => act(() => crm.drop(id, [letter.id]))}>
                      {text('clv.crm.dead.drop')}
                    </TextButton>
                  </Flex>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <Pager
        label={text('clv.crm.dead.pages')}
        pagination={{ page, pageSize: PAGE_SIZE, pageCount: Math.ceil(total / PAGE_SIZE), total }}
        to={(n) => `?${new URLSearchParams({ show: 'dead', page: String(n) })}`}
      />
    </Card>
  );
}
