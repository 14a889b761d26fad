import type { ClvConfig } from '../../config';
import type { Strapi } from '../../room';
import {
  type Attributes,
  type EntryPath,
  entryPath,
  listed,
  namesOf,
  type Schemas,
  TEXT_TYPES,
} from './entry-path';

/** The dimension of groups that topics are. */
const TOPIC = 'topic';

/** A content type that the configuration names, checked against the app's schema. */
export interface TrackedType {
  uid: string;
  kind: string;
  /** The attribute that holds the title. */
  title: string;
  /** The media attribute that the download link hands over. */
  file: string | null;
  /** Where its topics stand; null when they are not known. */
  topic: EntryPath | null;
  /** What its entries belong to, their topics among them. */
  groups: { dimension: string; path: EntryPath }[];
  localized: boolean;
  draftAndPublish: boolean;
}

type ContentTypes = Record<
  string,
  {
    attributes: Attributes;
    options?: { draftAndPublish?: boolean };
    pluginOptions?: { i18n?: { localized?: boolean } };
  }
>;

/** The paths that settings name, by dimension, or what is wrong with the first that is wrong. */
function pathsOf(
  settings: Record<string, string>,
  attributes: Attributes,
  schemas: Schemas,
): TrackedType['groups'] | string {
  const paths: TrackedType['groups'] = [];
  for (const [dimension, setting] of Object.entries(settings)) {
    const path = entryPath(setting, attributes, schemas);
    if (typeof path === 'string') return `${dimension === TOPIC ? TOPIC : `groups.${dimension}`}: ${path}`;
    paths.push({ dimension, path });
  }
  return paths;
}

function problemOf(setting: ClvConfig['contentTypes'][string], attributes: Attributes): string | null {
  const { title, file } = setting;
  if (!TEXT_TYPES.includes(attributes[title]?.type ?? '')) {
    const what = attributes[title]
      ? `is of type ${attributes[title].type}, which is no text`
      : 'does not exist';
    return `title: the attribute "${title}" ${what}. Attributes with text: ${listed(namesOf(attributes, TEXT_TYPES))}.`;
  }
  if (file !== undefined && attributes[file]?.type !== 'media') {
    const what = attributes[file] ? `is of type ${attributes[file].type}, not media` : 'does not exist';
    return `file: the attribute "${file}" ${what}. Media attributes: ${listed(namesOf(attributes, ['media']))}.`;
  }
  return null;
}

const problem = (uid: string, what: string) => `  clv.config.contentTypes["${uid}"] ${what}`;

/**
 * The content types to track, by uid.
 *
 * @throws an error that names every wrong setting and what could stand there instead
 */
export function trackedTypes(strapi: Strapi, config: ClvConfig): Map<string, TrackedType> {
  const contentTypes = strapi.contentTypes as unknown as ContentTypes;
  const schemas: Schemas = { ...contentTypes, ...(strapi.components as unknown as Schemas) };
  const own = Object.keys(contentTypes).filter((uid) => uid.startsWith('api::'));
  const problems: string[] = [];
  const types = new Map<string, TrackedType>();

  for (const [uid, setting] of Object.entries(config.contentTypes)) {
    const schema = contentTypes[uid];
    if (!schema) {
      problems.push(problem(uid, `there is no such content type. This app has: ${listed(own)}.`));
      continue;
    }
    const { topic, groups } = setting;
    const paths = pathsOf({ ...(topic && { [TOPIC]: topic }), ...groups }, schema.attributes, schemas);
    const wrong = problemOf(setting, schema.attributes);
    if (wrong !== null || typeof paths === 'string') {
      problems.push(problem(uid, wrong ?? String(paths)));
      continue;
    }
    types.set(uid, {
      uid,
      kind: setting.kind,
      title: setting.title,
      file: setting.file ?? null,
      topic: paths.find(({ dimension }) => dimension === TOPIC)?.path ?? null,
      groups: paths,
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
