import type { Strapi } from '../../room';
import type { TrackedType } from '../contents/tracked-types';

/** A file of Strapi's upload plugin. */
export interface StoredFile {
  name: string;
  ext: string | null;
  mime: string | null;
  url: string;
  hash: string;
  provider: string;
}

export interface Found {
  uid: string;
  /** Key of the content item: `<uid>/<documentId>[/<locale>]`. */
  content: string;
  file: StoredFile;
}

export interface Question {
  documentId: string;
  /** A kind or a uid, when the same id stands in several types. */
  type?: string;
  locale?: string;
}

interface Entry {
  documentId: string;
  locale: string | null;
  [attribute: string]: unknown;
}

/** The entry in the locale that was asked for, else in the default one, else the only one. */
function inLocale(entries: Entry[], asked: string | undefined, defaultLocale: string): Entry | undefined {
  if (asked) return entries.find((entry) => entry.locale === asked);
  return entries.find((entry) => entry.locale === defaultLocale) ?? entries[0];
}

async function findIn(strapi: Strapi, type: TrackedType, question: Question): Promise<Found | null> {
  const attribute = type.file!;
  const entries: Entry[] = await strapi.db.query(type.uid).findMany({
    where: {
      documentId: question.documentId,
      ...(type.draftAndPublish ? { publishedAt: { $notNull: true } } : {}),
    },
    populate: { [attribute]: true },
    orderBy: { id: 'asc' },
  });
  const defaultLocale = type.localized
    ? ((await strapi.plugin('i18n')?.service('locales').getDefaultLocale()) ?? '')
    : '';
  const entry = type.localized ? inLocale(entries, question.locale, defaultLocale) : entries[0];
  const value = entry?.[attribute] as StoredFile | StoredFile[] | null | undefined;
  const file = Array.isArray(value) ? value[0] : value;
  if (!entry || !file) return null;
  const locale = type.localized && entry.locale ? `/${entry.locale}` : '';
  return { uid: type.uid, content: `${type.uid}/${entry.documentId}${locale}`, file };
}

/** The file of a published entry, or null. Reads past the document service, so that this is not counted as a view. */
export async function findFile(
  strapi: Strapi,
  types: Iterable<TrackedType>,
  question: Question,
): Promise<Found | null> {
  for (const type of types) {
    if (!type.file || (question.type && question.type !== type.kind && question.type !== type.uid)) continue;
    const found = await findIn(strapi, type, question);
    if (found) return found;
  }
  return null;
}
