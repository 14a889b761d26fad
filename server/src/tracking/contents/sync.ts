import type { Knex } from 'knex';
import type { Strapi } from '../../room';
import {
  type ContentItem,
  itemsOf,
  loadItems,
  type NewContentItem,
  publishItems,
  retireItems,
} from './content-rows';
import { entriesOf, existingOf, publishedEntries } from './entries';
import { writeGroups } from './group-rows';
import { keyOf, type Registry } from './registry';
import type { TrackedType } from './tracked-types';

const CHUNK = 200;

export interface SyncTools {
  strapi: Strapi;
  knex: Knex;
  registry: Registry;
}

const sameAs = (known: ContentItem | undefined, entry: NewContentItem) =>
  known !== undefined &&
  known.locale === entry.locale &&
  known.title === entry.title &&
  known.topic === entry.topic &&
  known.kind === entry.kind &&
  known.publishedAt === entry.publishedAt &&
  known.unpublishedAt === null &&
  known.deletedAt === null;

/** Writes what is new or changed among published entries, learns their ids, and keeps their groups in step. */
async function takePublished(tools: SyncTools, type: TrackedType, entries: NewContentItem[]) {
  await takeItems(tools, type, entries);
  const grouped = entries.map((entry) => ({
    contentId: tools.registry.get(keyOf(entry))!.id,
    groups: entry.groups,
  }));
  await writeGroups(tools.knex, grouped);
}

async function takeItems({ knex, registry }: SyncTools, type: TrackedType, entries: NewContentItem[]) {
  const changed: NewContentItem[] = [];
  for (const entry of entries) {
    const known = registry.get(keyOf(entry));
    // Publishing again does not make an item younger.
    const first = known?.locale === entry.locale ? known.publishedAt : null;
    const publishedAt = Math.min(first ?? Infinity, entry.publishedAt ?? Infinity);
    const item = { ...entry, publishedAt: Number.isFinite(publishedAt) ? publishedAt : null };
    if (!sameAs(known, item)) changed.push(item);
  }
  if (changed.length === 0) return;
  await publishItems(knex, changed, Date.now());
  for (const item of await itemsOf(knex, type.uid, [...new Set(changed.map((item) => item.documentId))]))
    registry.put(item);
}

/** Marks items whose entries are gone: unpublished when a draft is left, else deleted. */
async function retire({ strapi, knex, registry }: SyncTools, type: TrackedType, gone: ContentItem[]) {
  for (let from = 0; from < gone.length; from += CHUNK) {
    const chunk = gone.slice(from, from + CHUNK);
    const existing = await existingOf(strapi, type, [...new Set(chunk.map((item) => item.documentId))]);
    const now = Date.now();
    const exists = (item: ContentItem) => existing.has(`${item.documentId}/${item.locale}`);
    const drafts = chunk.filter((item) => exists(item) && item.unpublishedAt === null);
    const deleted = chunk.filter((item) => !exists(item) && item.deletedAt === null);
    const ids = (items: ContentItem[]) => items.map((item) => item.id);
    await retireItems(knex, ids(drafts), 'unpublished_at', now);
    await retireItems(knex, ids(deleted), 'deleted_at', now);
    for (const item of drafts) registry.put({ ...item, unpublishedAt: now, updatedAt: now });
    for (const item of deleted) registry.put({ ...item, deletedAt: now, updatedAt: now });
  }
}

/** What is stored goes before what is in memory, since another node may have written it. */
function learn({ registry }: SyncTools, items: ContentItem[]): void {
  for (const item of items) registry.put(item);
}

/** Brings all items of a type in step with its entries. */
export async function syncType(tools: SyncTools, type: TrackedType): Promise<void> {
  learn(tools, await loadItems(tools.knex, [type.uid]));
  const found = new Set<string>();
  for await (const entries of publishedEntries(tools.strapi, type)) {
    await takePublished(tools, type, entries);
    for (const entry of entries) found.add(keyOf(entry));
  }
  const gone = [...tools.registry.items()].filter(
    (item) => item.uid === type.uid && item.deletedAt === null && !found.has(keyOf(item)),
  );
  await retire(tools, type, gone);
}

/** Brings the items of some documents of a type in step with their entries. */
export async function syncDocuments(
  tools: SyncTools,
  type: TrackedType,
  documentIds: string[],
): Promise<void> {
  for (let from = 0; from < documentIds.length; from += CHUNK) {
    const chunk = documentIds.slice(from, from + CHUNK);
    const items = await itemsOf(tools.knex, type.uid, chunk);
    learn(tools, items);
    const entries = await entriesOf(tools.strapi, type, chunk);
    await takePublished(tools, type, entries);
    const found = new Set(entries.map(keyOf));
    await retire(
      tools,
      type,
      items.filter((item) => item.deletedAt === null && !found.has(keyOf(item))),
    );
  }
}
