import { Box, Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight, Download } from '@strapi/icons';
import { useEffect } from 'react';
import { Link } from 'react-router-dom';
import type { CustomersPage as Answer } from '../../../../server/src/clv/api-types';
import { api, download } from '../../api';
import { Choice } from '../../components/Choice';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { Nothing } from '../../components/Nothing';
import { Pager } from '../../components/Pager';
import { PluginPage } from '../../components/PluginPage';
import { RunSummary } from '../../components/RunSummary';
import { Search } from '../../components/Search';
import { TableSkeleton } from '../../components/Skeleton';
import { STAGE_NAME } from '../../components/stage-words';
import { tierName } from '../../components/tier-words';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useAttempt } from '../../problem';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { CustomersTable } from './CustomersTable';
import {
  type ChangeQuery,
  type CustomersQuery,
  isFiltered,
  serverQuery,
  unfiltered,
  useCustomersQuery,
  writeQuery,
} from './query';

export default function CustomersPage() {
  const text = useText();
  const attempt = useAttempt();
  const [query, change] = useCustomersQuery();
  const asked = { ...serverQuery(query), page: query.page, pageSize: query.pageSize };
  const { data, error, loading, reload } = useResource(`customers ${JSON.stringify(asked)}`, () =>
    api.customers(asked),
  );
  const page = useLast(data);
  const exportCsv = () =>
    attempt(() => download('/value/customers/export.csv', serverQuery(query), 'customers.csv'));

  return (
    <PluginPage
      title={text('clv.nav.customers')}
      subtitle={
        <RunSummary run={page?.run} otherwise={text(page ? 'clv.fit.never' : 'clv.people.subtitle')} />
      }
      actions={
        page?.run && (
          <Button variant="tertiary" startIcon={<Download />} onClick={exportCsv}>
            {text('clv.export')}
          </Button>
        )
      }
    >
      {page?.run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {error ? (
        <ErrorState title={text('clv.people.error')} error={error} retry={reload} />
      ) : !page ? (
        <TableSkeleton rows={8} />
      ) : page.run ? (
        <Box
          style={{ opacity: loading && !data ? 0.55 : 1, transition: 'opacity 120ms' }}
          aria-busy={loading}
        >
          <List page={page} query={query} change={change} currency={page.run.currency} />
        </Box>
      ) : (
        <NotYet />
      )}
    </PluginPage>
  );
}

interface ListProps {
  page: Answer;
  query: CustomersQuery;
  change: ChangeQuery;
  currency: string;
}

function List({ page: { customers, facets, pagination }, query, change, currency }: ListProps) {
  const text = useText();
  useEffect(() => {
    // An address from when the list was longer.
    if (customers.length === 0 && pagination.total > 0) change({ page: pagination.pageCount });
  }, [customers, pagination, change]);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={2} wrap="wrap">
        <Search
          label={text('clv.people.search')}
          value={query.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <Choice
          label={text('clv.people.kind')}
          all={text('clv.people.kind.all')}
          value={query.kind}
          options={[
            ['customer', text('clv.content.customers')],
            ['prospect', text('clv.content.prospects')],
          ]}
          onChange={(kind) => change({ kind })}
        />
        <Choice
          label={text('clv.column.tier')}
          all={text('clv.people.tier.all')}
          value={query.tier}
          options={facets.tiers.map((tier) => [tier, tierName(tier, text)])}
          onChange={(tier) => change({ tier })}
        />
        <Choice
          label={text('clv.column.stage')}
          all={text('clv.people.stage.all')}
          value={query.stage}
          options={facets.stages.map((stage) => [stage, text(STAGE_NAME[stage])])}
          onChange={(stage) => change({ stage })}
        />
      </Flex>
      {customers.length === 0 ? (
        <Nothing onClear={isFiltered(query) ? () => change(unfiltered) : undefined}>
          {text(isFiltered(query) ? 'clv.people.none-such' : 'clv.people.none')}
        </Nothing>
      ) : (
        <CustomersTable customers={customers} query={query} change={change} currency={currency} />
      )}
      <Pager
        label={text('clv.people.pages')}
        pagination={pagination}
        to={(number) => `?${writeQuery({ ...query, page: number })}`}
        onSize={(pageSize) => change({ pageSize })}
      />
    </Flex>
  );
}

/** Before the first fit there is nobody to show. */
function NotYet() {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Card>
      <Typography textColor="neutral700">{text('clv.people.empty')}</Typography>
      <Flex gap={3} wrap="wrap">
        {allowed.value && (
          <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}/value`} size="S" endIcon={<ArrowRight />}>
            {text('clv.model.empty.go')}
          </LinkButton>
        )}
        {allowed.import && (
          <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}/import`} size="S" variant="tertiary">
            {text('clv.setup.orders.go')}
          </LinkButton>
        )}
      </Flex>
    </Card>
  );
}
