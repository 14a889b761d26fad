import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';
import type { ContentGroup } from './group-rows';

/** A content item as `clv_contents` keeps it. */
export interface ContentItem {
  id: number;
  uid: string;
  documentId: string;
  /** '' when the type is not localized. */
  locale: string;
  kind: string;
  title: string;
  /** What it is about, joined by TOPIC_SEPARATOR; null when that is not known. */
  topic: string | null;
  publishedAt: number | null;
  unpublishedAt: number | null;
  deletedAt: number | null;
  updatedAt: number;
}

/** Between the topics of one item. */
export const TOPIC_SEPARATOR = '\u001f';

export interface NewContentItem
  extends Omit<ContentItem, 'id' | 'unpublishedAt' | 'deletedAt' | 'updatedAt'> {
  groups: ContentGroup[];
}

const time = (value: unknown) => (value === null || value === undefined ? null : Number(value));

function itemOf(row: Record<string, unknown>): ContentItem {
  return {
    id: Number(row.id),
    uid: String(row.uid),
    documentId: String(row.document_id),
    locale: String(row.locale),
    kind: String(row.kind),
    title: String(row.title),
    topic: row.topic === null ? null : String(row.topic),
    publishedAt: time(row.published_at),
    unpublishedAt: time(row.unpublished_at),
    deletedAt: time(row.deleted_at),
    updatedAt: Number(row.updated_at),
  };
}

/** All items of these types that were written at `since` or later, tombstones included. */
export async function loadItems(knex: Knex, uids: string[], since = 0): Promise<ContentItem[]> {
  const rows = await knex('clv_contents').whereIn('uid', uids).where('updated_at', '>=', since).orderBy('id');
  return rows.map(itemOf);
}

/** The items of some documents of one type. */
export async function itemsOf(knex: Knex, uid: string, documentIds: string[]): Promise<ContentItem[]> {
  const rows = await knex('clv_contents').where({ uid }).whereIn('document_id', documentIds);
  return rows.map(itemOf);
}

/** Writes items as published; those that were unpublished or deleted come back. */
export async function publishItems(knex: Knex, items: NewContentItem[], now: number): Promise<void> {
  await insertRows(
    knex,
    'clv_contents',
    [
      { name: 'uid', type: 'text' },
      { name: 'document_id', type: 'text' },
      { name: 'locale', type: 'text' },
      { name: 'kind', type: 'text' },
      { name: 'title', type: 'text' },
      { name: 'topic', type: 'text' },
      { name: 'published_at', type: 'bigint' },
      { name: 'unpublished_at', type: 'bigint' },
      { name: 'deleted_at', type: 'bigint' },
      { name: 'updated_at', type: 'bigint' },
    ],
    items.map((item) => [
      item.uid,
      item.documentId,
      item.locale,
      item.kind,
      item.title,
      item.topic,
      item.publishedAt,
      null,
      null,
      now,
    ]),
    {
      key: ['uid', 'document_id', 'locale'],
      update: ['kind', 'title', 'topic', 'published_at', 'unpublished_at', 'deleted_at', 'updated_at'],
    },
  );
}

/** Marks items as gone from the site, or gone altogether; their title stays for the touches that they have. */
export async function retireItems(
  knex: Knex,
  ids: number[],
  how: 'unpublished_at' | 'deleted_at',
  now: number,
): Promise<void> {
  for (let from = 0; from < ids.length; from += 500)
    await knex('clv_contents')
      .whereIn('id', ids.slice(from, from + 500))
      .update({ [how]: now, updated_at: now });
}
