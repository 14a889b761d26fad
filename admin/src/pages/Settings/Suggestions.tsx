import { useMemo } from 'react';

/** What a browser knows of, to choose from while one types. */
export function Suggestions({ id, of }: { id: string; of: 'currency' | 'timezone' }) {
  const values = useMemo(() => {
    const known = Intl.supportedValuesOf(of === 'currency' ? 'currency' : 'timeZone');
    return of === 'currency' || known.includes('UTC') ? known : ['UTC', ...known];
  }, [of]);
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
