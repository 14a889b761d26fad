import type { Strapi } from '../../room';
import { type NewContentItem, TOPIC_SEPARATOR } from './content-rows';
import { type EntryPath, textsAt, wantedBy } from './entry-path';
import type { ContentGroup } from './group-rows';
import type { TrackedType } from './tracked-types';

const PAGE = 1_000;
const LONGEST_TITLE = 512;

interface Entry {
  id: number;
  documentId: string;
  locale: string | null;
  publishedAt: string | null;
  [title: string]: unknown;
}

/** A title that every database takes: no NUL, no half of a surrogate pair, and short enough. */
export function cleanTitle(title: unknown, fallback: string): string {
  const text = typeof title === 'string' ? title.replaceAll('\0', '').trim().slice(0, LONGEST_TITLE) : '';
  return Buffer.from(text || fallback)
    .toString('utf8')
    .slice(0, LONGEST_TITLE);
}

const LONGEST_TOPIC = 64;
const MOST_TOPICS = 20;
const LONGEST_GROUP = 191;
const MOST_GROUPS = 50;

/** The different texts at a path of an entry, in a stated order. */
function namesAt(path: EntryPath, entry: Entry, longest: number, most: number): string[] {
  const names = textsAt(path, entry).map((text) =>
    cleanTitle(text.replaceAll(TOPIC_SEPARATOR, ' '), '').slice(0, longest).trim(),
  );
  return [...new Set(names)].filter(Boolean).sort().slice(0, most);
}

const groupsOf = ({ groups }: TrackedType, entry: Entry): ContentGroup[] =>
  groups.flatMap(({ dimension, path }) =>
    namesAt(path, entry, LONGEST_GROUP, MOST_GROUPS).map((value) => ({ dimension, value })),
  );

/** The topics of an entry, joined; null without any. */
function topicsOf({ topic }: TrackedType, entry: Entry): string | null {
  return (topic && namesAt(topic, entry, LONGEST_TOPIC, MOST_TOPICS).join(TOPIC_SEPARATOR)) || null;
}

function itemOf(type: TrackedType, entry: Entry): NewContentItem {
  return {
    uid: type.uid,
    documentId: entry.documentId,
    locale: type.localized ? (entry.locale ?? '') : '',
    kind: type.kind,
    title: cleanTitle(entry[type.title], entry.documentId),
    topic: topicsOf(type, entry),
    groups: groupsOf(type, entry),
    publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt).getTime(),
  };
}

const published = (type: TrackedType) => (type.draftAndPublish ? { publishedAt: { $notNull: true } } : {});

/** Reads past the document service, so that its middlewares (our own among them) do not see it. */
function query(strapi: Strapi, type: TrackedType, where: object, limit?: number): Promise<Entry[]> {
  const own = ['id', 'documentId', 'locale', 'publishedAt', type.title];
  const paths = type.groups.map(({ path }) => path);
  return strapi.db.query(type.uid).findMany({
    ...wantedBy(paths, [...new Set(own)]),
    where,
    orderBy: { id: 'asc' },
    limit,
  });
}

/** All published entries of a type, in every locale, page by page. */
export async function* publishedEntries(strapi: Strapi, type: TrackedType): AsyncGenerator<NewContentItem[]> {
  let last = 0;
  for (;;) {
    const entries = await query(strapi, type, { ...published(type), id: { $gt: last } }, PAGE);
    if (entries.length > 0) yield entries.map((entry) => itemOf(type, entry));
    if (entries.length < PAGE) return;
    last = entries[entries.length - 1].id;
  }
}

/** The published entries of some documents, in every locale. */
export async function entriesOf(
  strapi: Strapi,
  type: TrackedType,
  documentIds: string[],
): Promise<NewContentItem[]> {
  const entries = await query(strapi, type, { ...published(type), documentId: { $in: documentIds } });
  return entries.map((entry) => itemOf(type, entry));
}

/** Which of these documents still have an entry of some sort (a draft, say), as `<documentId>/<locale>`. */
export async function existingOf(
  strapi: Strapi,
  type: TrackedType,
  documentIds: string[],
): Promise<Set<string>> {
  const entries = await query(strapi, type, { documentId: { $in: documentIds } });
  return new Set(entries.map((entry) => `${entry.documentId}/${type.localized ? (entry.locale ?? '') : ''}`));
}
