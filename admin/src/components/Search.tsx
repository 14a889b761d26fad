import { Box, Searchbar, SearchForm } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { useText } from '../text';

const TYPING_MS = 300;

interface SearchProps {
  label: string;
  value: string;
  onChange: (search: string) => void;
}

/** Asks when the typing pauses. */
export function Search({ label, value, onChange }: SearchProps) {
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
          placeholder={label}
        >
          {label}
        </Searchbar>
      </SearchForm>
    </Box>
  );
}
