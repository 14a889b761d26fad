import { useMemo } from 'react';
import type { ContentName, FlowKey } from '../../../../server/src/ranking/journeys/api-types';
import { type MessageId, useText } from '../../text';

const KEY: Record<Exclude<FlowKey, number>, MessageId> = {
  other: 'clv.journeys.other',
  ordered: 'clv.journeys.ordered',
  reading: 'clv.journeys.reading',
  left: 'clv.journeys.left',
};

export interface Names {
  /** An item's title, with its language where another item bears the same. */
  title: (contentId: number) => string;
  /** The name of a node of the flow. */
  key: (key: FlowKey) => string;
}

export function useNames(contents: ContentName[]): Names {
  const text = useText();
  return useMemo(() => {
    const bearers = new Map<string, number>();
    for (const { title } of contents) bearers.set(title, (bearers.get(title) ?? 0) + 1);
    const titles = new Map(
      contents.map(({ contentId, title, locale }) => [
        contentId,
        locale && bearers.get(title)! > 1 ? `${title} (${locale})` : title,
      ]),
    );
    const title = (contentId: number) =>
      titles.get(contentId) || text('clv.journeys.unnamed', { id: String(contentId) });
    return { title, key: (key) => (typeof key === 'number' ? title(key) : text(KEY[key])) };
  }, [contents, text]);
}
