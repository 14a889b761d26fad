import { Flex, Typography } from '@strapi/design-system';
import { useEffect } from 'react';
import type {
  AttributionPage as Answer,
  AttributionReport,
} from '../../../../server/src/ranking/attribution/api-types';
import { Choice } from '../../components/Choice';
import { Nothing } from '../../components/Nothing';
import { Pager } from '../../components/Pager';
import { Search } from '../../components/Search';
import { kindName, useFormats } from '../../format';
import { useMedia } from '../../media';
import { useText } from '../../text';
import { CreditCards } from './CreditCards';
import { CreditTable } from './CreditTable';
import { Disagreements } from './Disagreements';
import { ModelChoice } from './ModelChoice';
import {
  type AttributionQuery,
  type ChangeQuery,
  chosenModel,
  isFiltered,
  unfiltered,
  writeQuery,
} from './query';
import { Reconciliation } from './Reconciliation';

const NARROW = '(max-width: 900px)';

interface ReportViewProps {
  page: Answer;
  report: AttributionReport;
  query: AttributionQuery;
  change: ChangeQuery;
}

/** What a run credited: the sum, where models differ, and the items by all models. */
export function ReportView({ page: { items, facets, pagination }, report, query, change }: ReportViewProps) {
  const text = useText();
  const format = useFormats();
  const narrow = useMedia(NARROW);
  const chosen = chosenModel(query);
  useEffect(() => {
    // An address from when the list was longer.
    if (items.length === 0 && pagination.total > 0) change({ page: pagination.pageCount });
  }, [items, pagination, change]);
  const List = narrow ? CreditCards : CreditTable;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Reconciliation report={report} />
      <Disagreements report={report} />
      <ModelChoice
        report={report}
        chosen={chosen}
        onChoose={(model) => change({ model, sort: model, direction: 'desc' })}
      />
      <Flex gap={2} wrap="wrap">
        <Search
          label={text('clv.filter.search')}
          value={query.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <Choice
          label={text('clv.filter.kind')}
          all={text('clv.filter.kind.all')}
          value={query.kind}
          options={facets.kinds.map((kind) => [kind, kindName(kind)])}
          onChange={(kind) => change({ kind })}
        />
        <Choice
          label={text('clv.filter.locale')}
          all={text('clv.filter.locale.all')}
          value={query.locale}
          options={facets.locales.filter(Boolean).map((code) => [code, format.languageName(code)])}
          onChange={(locale) => change({ locale })}
        />
      </Flex>
      {items.length === 0 ? (
        <Nothing onClear={isFiltered(query) ? () => change(unfiltered) : undefined}>
          {text(isFiltered(query) ? 'clv.nothing.filtered' : 'clv.attribution.none')}
        </Nothing>
      ) : (
        <List items={items} report={report} chosen={chosen} query={query} change={change} />
      )}
      <Pager
        label={text('clv.attribution.pages')}
        pagination={pagination}
        to={(number) => `?${writeQuery({ ...query, page: number })}`}
        onSize={(pageSize) => change({ pageSize })}
      />
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.attribution.rule')}
      </Typography>
    </Flex>
  );
}
