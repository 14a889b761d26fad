import { Flex } from '@strapi/design-system';
import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { Choice } from '../../components/Choice';
import { Search } from '../../components/Search';
import { kindName, useFormats } from '../../format';
import { useText, VERDICT_NAME, VERDICTS } from '../../text';
import { GroupChoice } from './GroupChoice';
import type { ChangeQuery, RankingQuery } from './query';
import { SliceChoice } from './SliceChoice';

interface FiltersProps {
  query: RankingQuery;
  change: ChangeQuery;
  facets: RankingPage['facets'];
}

/** Search and filters above the ranking. A filter with nothing to choose from is not there. */
export function Filters({ query, change, facets }: FiltersProps) {
  const text = useText();
  const format = useFormats();
  return (
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
      <GroupChoice groups={facets.groups} chosen={query.group} onChoose={(group) => change({ group })} />
      <SliceChoice slices={facets.slices} chosen={query.slice} onChoose={(slice) => change({ slice })} />
      <Choice
        label={text('clv.filter.verdict')}
        all={text('clv.filter.verdict.all')}
        value={query.verdict}
        options={VERDICTS.map((verdict) => [verdict, text(VERDICT_NAME[verdict])])}
        onChange={(verdict) => change({ verdict })}
      />
    </Flex>
  );
}
