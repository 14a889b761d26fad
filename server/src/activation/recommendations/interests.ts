import type { Taste } from '../models/recommend';
import type { Me } from './api-types';
import type { Catalogue } from './catalogue/catalogue';

const MOST = 5;
/** A view of which nobody knows how long it took. */
const UNTIMED_SECONDS = 10;

function shares(seconds: Map<string, number>): { name: string; share: number }[] {
  const total = [...seconds.values()].reduce((sum, own) => sum + own, 0);
  return [...seconds]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([name, own]) => ({ name, share: Number((own / total).toFixed(3)) }));
}

/** What somebody reads of: shares of their attention, an item of several topics counting for each in equal parts. */
export function interestsOf({ model, byContent }: Catalogue, read: Taste['read']): Me['interests'] {
  const topics = new Map<string, number>();
  const kinds = new Map<string, number>();
  for (const [contentId, { seconds }] of read) {
    const item = model.items[byContent.get(contentId) ?? -1];
    if (!item) continue;
    const attention = Math.max(seconds, UNTIMED_SECONDS);
    kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + attention);
    for (const topic of item.topics)
      topics.set(topic, (topics.get(topic) ?? 0) + attention / item.topics.length);
  }
  return { topics: shares(topics), kinds: shares(kinds) };
}
