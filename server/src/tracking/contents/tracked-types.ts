import type { ClvConfig } from '../../config';
import type { Strapi } from '../../room';

/** A content type that the configuration names, checked against the app's schema. */
export interface TrackedType {
  uid: string;
  kind: string;
  /** The attribute that holds the title. */
  title: string;
  /** The media attribute that the download link hands over. */
  file: string | null;
  /** Where its topics stand; null when they are not known. */
  topic: TopicPath | null;
  localized: boolean;
  draftAndPublish: boolean;
}

/** An attribute with text, or a relation with the attribute of its entries that has it. */
export interface TopicPath {
  attribute: string;
  related: { uid: string; attribute: string } | null;
}

interface Attribute {
  type: string;
  /** Of a relation: the uid of what it leads to. */
  target?: string;
}

type Schemas = Record<
  string,
  {
    attributes: Record<string, Attribute>;
    options?: { draftAndPublish?: boolean };
    pluginOptions?: { i18n?: { localized?: boolean } };
  }
>;

const TITLE_TYPES = ['string', 'text', 'uid', 'richtext', 'email', 'enumeration'];

const namesOf = (attributes: Record<string, Attribute>, types: string[]) =>
  Object.keys(attributes).filter((name) => types.includes(attributes[name].type));

const listed = (names: string[]) => (names.length > 0 ? names.join(', ') : 'none');

/** Where the topics stand, or what is wrong with the setting. */
function topicPath(
  topic: string,
  attributes: Record<string, Attribute>,
  schemas: Schemas,
): TopicPath | string {
  const [attribute, inner] = topic.split('.') as [string, string | undefined];
  const { type, target } = attributes[attribute] ?? {};
  if (type === 'relation') {
    const related = schemas[target ?? '']?.attributes ?? {};
    const texts = listed(namesOf(related, TITLE_TYPES).map((name) => `${attribute}.${name}`));
    if (inner && TITLE_TYPES.includes(related[inner]?.type)) {
      return { attribute, related: { uid: target!, attribute: inner } };
    }
    return `topic: "${attribute}" is a relation; name the attribute of its entries that has the text. There are: ${texts}.`;
  }
  if (inner === undefined && TITLE_TYPES.includes(type ?? '')) return { attribute, related: null };
  const names = [...namesOf(attributes, TITLE_TYPES), ...namesOf(attributes, ['relation'])];
  return `topic: "${topic}" is neither an attribute with text nor one of a relation's entries. Attributes with text, and relations: ${listed(names)}.`;
}

function problemOf(
  setting: ClvConfig['contentTypes'][string],
  attributes: Record<string, Attribute>,
): string | null {
  const { title, file } = setting;
  if (!TITLE_TYPES.includes(attributes[title]?.type)) {
    const what = attributes[title]
      ? `is of type ${attributes[title].type}, which is no text`
      : 'does not exist';
    return `title: the attribute "${title}" ${what}. Attributes with text: ${listed(namesOf(attributes, TITLE_TYPES))}.`;
  }
  if (file !== undefined && attributes[file]?.type !== 'media') {
    const what = attributes[file] ? `is of type ${attributes[file].type}, not media` : 'does not exist';
    return `file: the attribute "${file}" ${what}. Media attributes: ${listed(namesOf(attributes, ['media']))}.`;
  }
  return null;
}

/**
 * The content types to track, by uid.
 *
 * @throws an error that names every wrong setting and what could stand there instead
 */
export function trackedTypes(strapi: Strapi, config: ClvConfig): Map<string, TrackedType> {
  const schemas = strapi.contentTypes as unknown as Schemas;
  const own = Object.keys(schemas).filter((uid) => uid.startsWith('api::'));
  const problems: string[] = [];
  const types = new Map<string, TrackedType>();

  for (const [uid, setting] of Object.entries(config.contentTypes)) {
    const schema = schemas[uid];
    const topic =
      schema && setting.topic !== undefined ? topicPath(setting.topic, schema.attributes, schemas) : null;
    const problem = schema
      ? (problemOf(setting, schema.attributes) ?? (typeof topic === 'string' ? topic : null))
      : `there is no such content type. This app has: ${listed(own)}.`;
    if (problem || typeof topic === 'string') {
      problems.push(`  clv.config.contentTypes["${uid}"] ${problem}`);
      continue;
    }
    types.set(uid, {
      uid,
      kind: setting.kind,
      title: setting.title,
      file: setting.file ?? null,
      topic,
      localized: schema.pluginOptions?.i18n?.localized === true,
      draftAndPublish: schema.options?.draftAndPublish === true,
    });
  }
  if (problems.length > 0)
    throw new Error(
      `[clv] config/plugins names content types that do not fit this app:\n${problems.join('\n')}`,
    );
  return types;
}
