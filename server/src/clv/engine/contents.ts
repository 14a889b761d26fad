import type { Knex } from 'knex';
import { TOPIC_SEPARATOR } from '../../tracking/contents/content-rows';
import type { ContentItem } from '../models/content/past';

/** Content items by id, as predictions know them. */
export type Contents = ReadonlyMap<number, ContentItem>;

/** What there is to read, gone items too: what they were about still says something of those who read them. */
export async function loadContents(knex: Knex): Promise<Contents> {
  const rows = await knex('clv_contents').select('id', 'kind', 'topic');
  return new Map(
    rows.map((row) => {
      const id = Number(row.id);
      const topics = row.topic ? String(row.topic).split(TOPIC_SEPARATOR) : [];
      return [id, { id: String(id), type: row.kind, topics }] as const;
    }),
  );
}
