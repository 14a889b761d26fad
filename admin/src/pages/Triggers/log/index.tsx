import { Flex } from '@strapi/design-system';
import { useSearchParams } from 'react-router-dom';
import type { Trigger } from '../../../../../server/src/activation/triggers/api-types';
import { Choice } from '../../../components/Choice';
import { ErrorState } from '../../../components/ErrorState';
import { Note } from '../../../components/Note';
import { Nothing } from '../../../components/Nothing';
import { Pager } from '../../../components/Pager';
import { PluginPage } from '../../../components/PluginPage';
import { TableSkeleton } from '../../../components/Skeleton';
import { useAllowed } from '../../../plugin';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { deadIn } from '../ListPage';
import { LOG_STATES } from '../states';
import { triggers } from '../triggers-api';
import { Views } from '../Views';
import { MessageTable } from './MessageTable';

const PAGE_SIZE = 25;

/** What was sent, or would have been, message by message, for whoever may see single persons. */
export function LogPage() {
  const text = useText();
  const allowed = useAllowed();
  const list = useResource('triggers', triggers.list);
  return (
    <PluginPage title={text('clv.triggers.log')} subtitle={text('clv.triggers.log.what')}>
      <Views dead={deadIn(list.data)} />
      {allowed.customers ? (
        <Log triggers={list.data?.triggers ?? []} />
      ) : (
        <Note tone="info">{text('clv.triggers.log.hidden')}</Note>
      )}
    </PluginPage>
  );
}

function Log({ triggers: named }: { triggers: Trigger[] }) {
  const text = useText();
  const [params, setParams] = useSearchParams();
  const triggerId = params.get('triggerId') ?? undefined;
  const state = params.get('state') ?? undefined;
  const page = Number(params.get('page')) || 1;
  const query = { triggerId, state, page, pageSize: PAGE_SIZE };
  const { data, error, reload } = useResource(`trigger log ${JSON.stringify(query)}`, () =>
    triggers.log(query),
  );
  const log = useLast(data);
  const filters = { ...(triggerId && { triggerId }), ...(state && { state }) };
  const change = (changed: Record<string, string | undefined>) => {
    const told = Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== undefined);
    setParams(Object.fromEntries(told) as Record<string, string>);
  };
  const filtered = triggerId !== undefined || state !== undefined;
  return (
    <>
      <Flex gap={2} wrap="wrap">
        <Choice
          label={text('clv.triggers.trigger')}
          all={text('clv.triggers.trigger.all')}
          evenOne
          value={triggerId}
          options={named.map(({ id, name }) => [id, name])}
          onChange={(chosen) => change({ triggerId: chosen })}
        />
        <Choice
          label={text('clv.triggers.state')}
          all={text('clv.triggers.state.all')}
          value={state}
          options={LOG_STATES.map(([one, name]) => [one, text(name)])}
          onChange={(chosen) => change({ state: chosen })}
        />
      </Flex>
      {error ? (
        <ErrorState title={text('clv.triggers.log.failed')} error={error} retry={reload} />
      ) : !log ? (
        <TableSkeleton rows={6} />
      ) : log.messages.length === 0 ? (
        <Nothing onClear={filtered ? () => change({ triggerId: undefined, state: undefined }) : undefined}>
          {text(filtered ? 'clv.triggers.log.none-such' : 'clv.triggers.log.none')}
        </Nothing>
      ) : (
        <MessageTable messages={log.messages} onChange={reload} />
      )}
      {log && (
        <Pager
          label={text('clv.triggers.log.pages')}
          pagination={log.pagination}
          to={(number) => `?${new URLSearchParams({ ...filters, page: String(number) })}`}
        />
      )}
    </>
  );
}
