import type { Knex } from 'knex';
import { TOPIC_SEPARATOR } from '../../tracking/contents/content-rows';
import type { ContentGroup } from '../models/advice/groups';

/** All groups of the items of a report: by kind, by topic, and as the configuration names them. */
export async function contentGroups(knex: Knex, contentIds: number[]): Promise<ContentGroup[]> {
  const numberOf = new Map(contentIds.map((id, number) => [id, number]));
  const groups = new Map<string, { dimension: string; value: string; items: Set<number> }>();
  const put = (dimension: string, value: string, contentId: unknown) => {
    const item = numberOf.get(Number(contentId));
    if (item === undefined) return;
    const key = JSON.stringify([dimension, value]);
    const group = groups.get(key);
    if (group) group.items.add(item);
    else groups.set(key, { dimension, value, items: new Set([item]) });
  };
  for (const { id, kind, topic } of await knex('clv_contents').select('id', 'kind', 'topic').orderBy('id')) {
    put('kind', kind, id);
    for (const value of topic ? String(topic).split(TOPIC_SEPARATOR) : []) put('topic', value, id);
  }
  const rows = await knex('clv_content_groups')
    .select('content_id', 'dimension', 'value')
    .orderBy(['dimension', 'value', 'content_id']);
  for (const { content_id, dimension, value } of rows) put(dimension, value, content_id);
  return [...groups.values()].map(({ items, ...group }) => ({ ...group, items: [...items] }));
}
