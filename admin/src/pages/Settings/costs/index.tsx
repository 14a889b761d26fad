import { Box, Button } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useEffect, useRef, useState } from 'react';
import type { ListedCost } from '../../../../../server/src/crm/costs/api-types';
import type { NeededRun } from '../../../../../server/src/settings/api-types';
import { ErrorState } from '../../../components/ErrorState';
import { TableSkeleton } from '../../../components/Skeleton';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { Recompute } from '../Recompute';
import { Section } from '../Section';
import { CostForm } from './CostForm';
import { CostList } from './CostList';
import { costsApi } from './costs-api';
import { DeleteCost } from './DeleteCost';
import { lastMonth } from './draft';
import { NoCosts } from './NoCosts';
import { unfiltered, useCostsQuery } from './query';

/** What marketing and sales cost, by month and channel: to be seen, and changed by whoever may change settings. */
export function CostsView({ heading }: { heading: 'h2' | 'h3' }) {
  const text = useText();
  const attempt = useAttempt();
  const mayChange = useAllowed().settings;
  const { toggleNotification } = useNotification();
  const [query, change] = useCostsQuery();
  const { month, channel, page: number, pageSize } = query;
  const asked = { month, channel, page: number, pageSize };
  const { data, error, loading, reload } = useResource(`costs ${JSON.stringify(asked)}`, () =>
    costsApi.list(asked),
  );
  const page = useLast(data);
  const [runs, setRuns] = useState<NeededRun[]>([]);
  const [editing, setEditing] = useState<ListedCost | 'new' | null>(null);
  const [removing, setRemoving] = useState<ListedCost | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    // An address from when the list was longer.
    if (data && data.costs.length === 0 && data.pagination.total > 0) {
      change({ page: data.pagination.pageCount });
    }
  }, [data, change]);

  function onSaved(saved: ListedCost) {
    setEditing(null);
    changed();
    toggleNotification({ type: 'success', message: text('clv.settings.costs.saved') });
    const isShown = (!month || month === saved.month) && (!channel || channel === saved.channel);
    if (!isShown) change(unfiltered);
  }

  function changed() {
    setRuns(['value']);
    reload();
  }

  const remove = (cost: ListedCost) =>
    attempt(async () => {
      await costsApi.remove(cost);
      setRuns(['value']);
    }).finally(reload);

  // The button stands elsewhere once there are costs, or none any more.
  const isEmpty = page && page.stored.months.length === 0;
  const wasEmpty = useRef(isEmpty);
  useEffect(() => {
    if (wasEmpty.current !== undefined && isEmpty !== wasEmpty.current) addButton.current?.focus();
    wasEmpty.current = isEmpty;
  }, [isEmpty]);

  if (error && !page)
    return <ErrorState title={text('clv.settings.costs.failed')} error={error} retry={reload} />;
  if (!page) return <TableSkeleton rows={6} />;
  const add = mayChange && (
    <Button ref={addButton} size="S" startIcon={<Plus />} onClick={() => setEditing('new')}>
      {text('clv.settings.costs.add')}
    </Button>
  );
  return (
    <>
      <Recompute runs={runs} onDone={() => setRuns([])} />
      {error && <ErrorState title={text('clv.settings.costs.failed')} error={error} retry={reload} />}
      <Section
        heading={heading}
        title={text('clv.settings.costs.title')}
        what={isEmpty ? undefined : text('clv.settings.costs.what')}
      >
        {isEmpty ? (
          <NoCosts add={add} />
        ) : (
          <Box style={{ opacity: loading && !data ? 0.55 : 1 }} aria-busy={loading}>
            <CostList
              page={page}
              query={query}
              change={change}
              add={add}
              actions={mayChange ? { edit: setEditing, remove: setRemoving } : null}
            />
          </Box>
        )}
      </Section>
      {editing && (
        <CostForm
          cost={editing === 'new' ? null : editing}
          month={month ?? lastMonth(new Date())}
          page={page}
          addButton={addButton}
          onClose={() => setEditing(null)}
          onSaved={onSaved}
        />
      )}
      {removing && (
        <DeleteCost
          cost={removing}
          onClose={() => setRemoving(null)}
          onConfirm={() => remove(removing)}
          addButton={addButton}
        />
      )}
    </>
  );
}
