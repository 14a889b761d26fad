/** Where in an entry texts stand: an attribute, or one of what its relations, components and dynamic zones lead to. */
export interface EntryPath {
  /** From the entry on; the last one has the text. */
  attributes: string[];
  /** The content types that relations lead through: when one of their entries changes, so may the texts. */
  related: string[];
}

export interface Attribute {
  type: string;
  /** Of a relation: the uid of what it leads to; of a component: its uid. */
  target?: string;
  component?: string;
}

export type Attributes = Record<string, Attribute>;
/** Content types and components by uid. */
export type Schemas = Record<string, { attributes: Attributes }>;

export const TEXT_TYPES = ['string', 'text', 'uid', 'richtext', 'email', 'enumeration'];
/** Names the components of a dynamic zone by their uid. */
const COMPONENT = '__component';

const LEADING_ON = ['relation', 'component', 'dynamiczone'];

export const namesOf = (attributes: Attributes, types: string[]) =>
  Object.keys(attributes).filter((name) => types.includes(attributes[name]!.type));

export const listed = (names: string[]) => (names.length > 0 ? names.join(', ') : 'none');

/** The path that a setting such as `category.name` writes, or what is wrong with it and what could stand there. */
export function entryPath(setting: string, attributes: Attributes, schemas: Schemas): EntryPath | string {
  const names = setting.split('.');
  const related: string[] = [];
  let here = attributes;
  for (const [i, name] of names.entries()) {
    const so = names.slice(0, i + 1).join('.');
    const before = names
      .slice(0, i)
      .map((one) => `${one}.`)
      .join('');
    const { type = '', target, component } = here[name] ?? {};
    const last = i === names.length - 1;
    if (last && TEXT_TYPES.includes(type)) return { attributes: names, related };
    if (type === 'dynamiczone') {
      if (names.length === i + 2 && names[i + 1] === COMPONENT) return { attributes: names, related };
      return `"${so}" is a dynamic zone; write "${so}.${COMPONENT}" for the names of the components in it.`;
    }
    const inner = schemas[target ?? component ?? '']?.attributes;
    if (!inner || !LEADING_ON.includes(type)) {
      const texts = [...namesOf(here, TEXT_TYPES), ...namesOf(here, LEADING_ON)].map((one) => before + one);
      return `"${so}" is neither an attribute with text nor one that leads to it. Attributes with text, components and relations: ${listed(texts)}.`;
    }
    if (last) {
      const texts = namesOf(inner, TEXT_TYPES).map((one) => `${so}.${one}`);
      return `"${so}" is a ${type}; name the attribute of its entries that has the text. There are: ${listed(texts)}.`;
    }
    if (type === 'relation') related.push(target!);
    here = inner;
  }
  return `"${setting}" names no attribute.`;
}

/** What Strapi's query engine has to read for some paths. */
export interface Wanted {
  select: string[];
  populate?: Record<string, Wanted>;
}

/** @param select what is read of the entry itself anyway */
export function wantedBy(paths: EntryPath[], select: string[]): Wanted {
  const wanted: Wanted = { select };
  for (const { attributes } of paths) {
    let here = wanted;
    for (const attribute of attributes.slice(0, -1)) {
      here.populate ??= {};
      here.populate[attribute] ??= { select: ['id'] };
      here = here.populate[attribute]!;
    }
    const text = attributes.at(-1)!;
    if (text !== COMPONENT && !here.select.includes(text)) here.select.push(text);
  }
  return wanted;
}

/** The texts at a path of an entry as it was read, as they stand there. */
export function textsAt({ attributes }: EntryPath, entry: object): string[] {
  let found: unknown[] = [entry];
  for (const attribute of attributes) {
    found = found.flatMap((one) => (one as Record<string, unknown> | null)?.[attribute] ?? []);
  }
  return found.filter((text) => typeof text === 'string');
}
