import { Flex, LinkButton, Typography } from '@strapi/design-system';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { CostsPage } from '../../../../../server/src/crm/costs/api-types';
import { Choice } from '../../../components/Choice';
import { Note } from '../../../components/Note';
import { Nothing } from '../../../components/Nothing';
import { Pager } from '../../../components/Pager';
import { useFormats } from '../../../format';
import { useAllowed } from '../../../plugin';
import { useText } from '../../../text';
import { CostsTable } from './CostsTable';
import { type CostsQuery, isFiltered, unfiltered, writeQuery } from './query';
import { IMPORT } from './words';

interface CostListProps {
  page: CostsPage;
  query: CostsQuery;
  change: (changed: Partial<CostsQuery>) => void;
  /** The button that adds one, for whoever may. */
  add: ReactNode;
  actions: ComponentProps<typeof CostsTable>['actions'];
}

/** Names to choose from; the chosen one too where it is none of them, as when its last cost was deleted. */
const withChosen = (names: string[], chosen: string | undefined) =>
  chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];

/** The costs that match, and what narrows them down. */
export function CostList({ page, query, change, add, actions }: CostListProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { month, channel } = query;
  const { stored, costs, totals, currencies, pagination } = page;
  const lacking = totals
    .filter(({ currency, amount }) => Number(amount) !== 0 && !currencies.includes(currency))
    .map(({ currency }) => currency);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {lacking.length > 0 && (
        <Note tone="warning" title={text('clv.settings.costs.no-rate', { currencies: lacking.join(', ') })}>
          {text('clv.settings.costs.no-rate.what')}
        </Note>
      )}
      <Flex gap={2} wrap="wrap" justifyContent="space-between">
        <Flex gap={2} wrap="wrap" flex="1 1 30rem">
          <Choice
            label={text('clv.column.month')}
            all={text('clv.settings.costs.month.all')}
            value={month}
            options={withChosen(stored.months, month).map((one) => [one, format.month(one)])}
            onChange={(chosen) => change({ month: chosen })}
          />
          <Choice
            label={text('clv.by.channel')}
            all={text('clv.settings.costs.channel.all')}
            value={channel}
            options={withChosen(stored.channels, channel).map((one) => [one, one])}
            onChange={(chosen) => change({ channel: chosen })}
          />
        </Flex>
        <Flex gap={2} wrap="wrap">
          {allowed.import && (
            <LinkButton tag={Link} to={IMPORT} size="S" variant="tertiary">
              {text('clv.settings.costs.many')}
            </LinkButton>
          )}
          {add}
        </Flex>
      </Flex>
      {costs.length === 0 ? (
        <Nothing onClear={isFiltered(query) ? () => change(unfiltered) : undefined}>
          {text('clv.settings.costs.none-such')}
        </Nothing>
      ) : (
        <CostsTable page={page} actions={actions} />
      )}
      <Pager
        label={text('clv.settings.costs.pages')}
        pagination={pagination}
        to={(number) => `?${writeQuery({ ...query, page: number })}`}
        onSize={(pageSize) => change({ pageSize })}
      />
      {!actions && (
        <Typography variant="pi" textColor="neutral600">
          {text('clv.settings.costs.read-only')}
        </Typography>
      )}
    </Flex>
  );
}
