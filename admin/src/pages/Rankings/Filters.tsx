import { Box, Flex, Searchbar, SearchForm, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import type { RankingPage } from '../../../../server/src/ranking/api-types';
import { kindName, useFormats } from '../../format';
import { useText, VERDICT_NAME, VERDICTS } from '../../text';
import type { ChangeQuery, RankingQuery } from './query';

const TYPING_MS = 300;

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
      <Search value={query.search ?? ''} onChange={(search) => change({ search })} />
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
      <Choice
        label={text('clv.filter.channel')}
        all={text('clv.filter.channel.all')}
        value={query.channel}
        options={facets.channels.filter(Boolean).map((channel) => [channel, channel])}
        onChange={(channel) => change({ channel })}
        evenOne
      />
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

interface ChoiceProps {
  label: string;
  all: string;
  value: string | undefined;
  options: [value: string, name: string][];
  onChange: (value: string | undefined) => void;
  /** One channel is a choice (that one or all), one type or language is not. */
  evenOne?: boolean;
}

/** The design system's select takes no empty value, so "all" needs one of its own. */
const ALL = '*';

function Choice({ label, all, value, options, onChange, evenOne = false }: ChoiceProps) {
  if (options.length < (evenOne ? 1 : 2) && !value) return null;
  return (
    <Box flex="1 1 14rem" maxWidth={{ medium: '20rem' }}>
      <SingleSelect
        size="S"
        aria-label={label}
        value={value ?? ALL}
        onChange={(chosen) => onChange(chosen === ALL ? undefined : String(chosen))}
      >
        <SingleSelectOption value={ALL}>{all}</SingleSelectOption>
        {options.map(([option, name]) => (
          <SingleSelectOption key={option} value={option}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

/** Asks when the typing pauses. */
function Search({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const text = useText();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = window.setTimeout(() => onChange(typed.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);

  return (
    <Box flex="1 1 24rem" maxWidth={{ medium: '30rem' }}>
      <SearchForm onSubmit={(event) => event.preventDefault()}>
        <Searchbar
          name="search"
          size="S"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onClear={() => setTyped('')}
          clearLabel={text('clv.filter.search.clear')}
          placeholder={text('clv.filter.search')}
        >
          {text('clv.filter.search')}
        </Searchbar>
      </SearchForm>
    </Box>
  );
}
