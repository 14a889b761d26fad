import { type ContentItem, TOPIC_SEPARATOR } from '../../../tracking/contents/content-rows';
import { keyOf } from '../../../tracking/contents/registry';
import type { ModelItem, RecommendationModel } from '../../models/recommend';

/** What may be served now, and the model that orders it. */
export interface Catalogue {
  /** Items keep the places that the ranking run gave them; those that came since stand after them. */
  model: RecommendationModel;
  /** By index of the model; null for what is no tracked item any more. */
  contents: (ContentItem | null)[];
  /** Indexes of what is published. */
  published: number[];
  byKey: ReadonlyMap<string, number>;
  byContent: ReadonlyMap<number, number>;
  /** Indexes of all locales of a document, by `<uid>/<documentId>`. */
  byDocument: ReadonlyMap<string, number[]>;
  /** Published indexes of a type and a locale, and of those that have none. */
  ofType(uid: string, locale: string): readonly number[];
}

export const documentOf = ({ uid, documentId }: { uid: string; documentId: string }) =>
  `${uid}/${documentId}`;

/** What orders items before the first ranking run: nothing is known of any. */
const EMPTY: RecommendationModel = { jobId: '', madeAt: 0, landmark: null, persons: 0, items: [] };

/** An item that no ranking run has seen. */
const UNKNOWN = {
  reach: 0,
  recent: 0,
  excess: 0,
  byTier: {},
  rho: null,
  channels: {},
  together: [],
} satisfies Partial<ModelItem>;

const described = (item: ContentItem) => ({
  contentId: item.id,
  key: keyOf(item),
  kind: item.kind,
  locale: item.locale,
  title: item.title,
  topics: item.topic === null ? [] : item.topic.split(TOPIC_SEPARATOR),
  publishedAt: item.publishedAt,
});

function add(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list) list.push(index);
  else lists.set(key, [index]);
}

/**
 * Joins what the latest ranking run knows with what the site has now: titles and topics as they are today, new items, and
 * none that was unpublished or deleted.
 *
 * @param model null before the first ranking run
 */
export function makeCatalogue(model: RecommendationModel | null, items: Iterable<ContentItem>): Catalogue {
  const now = new Map([...items].map((item) => [item.id, item]));
  const contents: Catalogue['contents'] = [];
  const joined: ModelItem[] = [];
  for (const item of (model ?? EMPTY).items) {
    const content = now.get(item.contentId) ?? null;
    now.delete(item.contentId);
    contents.push(content);
    joined.push(content ? { ...item, ...described(content) } : item);
  }
  for (const content of now.values()) {
    contents.push(content);
    joined.push({ ...UNKNOWN, ...described(content) });
  }

  const published: number[] = [];
  const byPlace = new Map<string, number[]>();
  const byDocument = new Map<string, number[]>();
  for (const [index, content] of contents.entries()) {
    if (!content) continue;
    const document = documentOf(content);
    add(byDocument, document, index);
    if (content.unpublishedAt !== null || content.deletedAt !== null) continue;
    published.push(index);
    add(byPlace, `${content.uid} ${content.locale}`, index);
  }
  return {
    model: { ...(model ?? EMPTY), items: joined },
    contents,
    published,
    byKey: new Map(published.map((index) => [joined[index]!.key, index])),
    byContent: new Map(joined.map(({ contentId }, index) => [contentId, index])),
    byDocument,
    ofType: (uid, locale) => byPlace.get(`${uid} `) ?? byPlace.get(`${uid} ${locale}`) ?? [],
  };
}
