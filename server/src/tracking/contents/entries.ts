import type { Strapi } from '../../room';
import { type NewContentItem, TOPIC_SEPARATOR } from './content-rows';
import type { TopicPath, TrackedType } from './tracked-types';

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

/** The topics of an entry, joined, in a stated order; null without any. */
function topicsOf({ attribute, related }: TopicPath, entry: Entry): string | null {
  const value = entry[attribute];
  const texts = related
    ? [value].flat().map((one) => (one as Record<string, unknown> | null)?.[related.attribute])
    : [value];
  const topics = texts.flatMap((text) => {
    const clean = typeof text === 'string' ? cleanTitle(text.replaceAll(TOPIC_SEPARATOR, ' '), '') : '';
    return clean ? [clean.slice(0, LONGEST_TOPIC)] : [];
  });
  return [...new Set(topics)].sort().slice(0, MOST_TOPICS).join(TOPIC_SEPARATOR) || null;
}

function itemOf(type: TrackedType, entry: Entry): NewContentItem {
  return {
    uid: type.uid,
    documentId: entry.documentId,
    locale: type.localized ? (entry.locale ?? '') : '',
    kind: type.kind,
    title: cleanTitle(entry[type.title], entry.documentId),
    topic: type.topic && topicsOf(type.topic, entry),
    publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt).getTime(),
  };
}

const published = (type: TrackedType) => (type.draftAndPublish ? { publishedAt: { $notNull: true } } : {});

/** Reads past the document service, so that its middlewares (our own among them) do not see it. */
function query(strapi: Strapi, type: TrackedType, where: object, limit?: number): Promise<Entry[]> {
  const { title, topic } = type;
  const own = topic && !topic.related ? [topic.attribute] : [];
  return strapi.db.query(type.uid).findMany({
    select: [...new Set(['id', 'documentId', 'locale', 'publishedAt', title, ...own])],
    populate: topic?.related ? { [topic.attribute]: { select: [topic.related.attribute] } } : undefined,
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
