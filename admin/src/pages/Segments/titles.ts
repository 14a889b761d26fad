import { useMemo } from 'react';
import type { SegmentRules } from '../../../../server/src/activation/segments/api-types';
import { useFormats } from '../../format';
import { useResource } from '../../resource';
import { useText } from '../../text';
import { segments } from './segments-api';
import { contentsIn, type Words } from './sentence';

/** What an item is called: its title once it is known, its key until then. */
export function useTitles(keys: string[]): (key: string) => string {
  const asked = keys.join(',');
  const { data } = useResource(asked ? `segment contents ${asked}` : null, () =>
    segments.contents({ keys: asked }),
  );
  return useMemo(() => {
    const titles = new Map(data?.contents.map(({ key, title }) => [key, title]));
    return (key) => titles.get(key) ?? key;
  }, [data]);
}

/** The words for sentences about some rules. */
export function useWords(rules: SegmentRules, currency: string): Words {
  const text = useText();
  const format = useFormats();
  const titleOf = useTitles(contentsIn(rules));
  return { text, format, currency, titleOf };
}
