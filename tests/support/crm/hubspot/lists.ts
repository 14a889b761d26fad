import type { Answered, Asked } from '../served';
import { demand, demandKeys, Refusal } from './refusal';
import { shown } from './show';
import type { Definition, Link, Store, Type } from './store';

const TYPES: Record<string, string[]> = {
  string: ['text', 'textarea', 'file'],
  number: ['number', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox'],
  bool: ['booleancheckbox'],
};

/** The list of records, by id; `after` is the id of the next one. */
export function list(store: Store, type: Type, { query }: Asked, associationPage: number): Answered {
  const limit = Number(query.get('limit') ?? 10);
  demand(Number.isInteger(limit) && limit >= 1 && limit <= 100, 'limit must be from 1 to 100');
  const after = query.get('after');
  demand(after === null || /^\d+$/.test(after), 'after is no cursor');
  const archived = query.get('archived') === 'true';
  const wanted = query
    .getAll('properties')
    .flatMap((names) => names.split(','))
    .filter(Boolean);
  const there = [...store.records[type].values()]
    .filter(({ archivedAt }) => (archivedAt !== null) === archived)
    .filter(({ id }) => after === null || Number(id) >= Number(after));
  const withContacts = query.getAll('associations').join(',').split(',').includes('contacts') && !archived;
  const results = there.slice(0, limit).map((record) => ({
    ...shown(store, type, record, wanted),
    ...(withContacts ? contactsOf(store.links.get(record.id) ?? [], associationPage) : {}),
  }));
  const next = there[limit];
  return { status: 200, body: { results, ...(next ? { paging: { next: { after: next.id } } } : {}) } };
}

/** A contact with a label is there once for each of its labels; without contacts, nothing is said of them. */
function contactsOf(links: Link[], page: number) {
  if (links.length === 0) return {};
  const results = links
    .slice(0, page)
    .flatMap(({ contact, primary }) => [
      { id: contact, type: 'deal_to_contact' },
      ...(primary ? [{ id: contact, type: 'deal_to_contact_labelled' }] : []),
    ]);
  const paging = links.length > page ? { paging: { next: { after: String(page) } } } : {};
  return { associations: { contacts: { results, ...paging } } };
}

/** Contacts of deals with their labels, a page of each. */
export function associations(store: Store, { body }: Asked, page: number): Answered {
  demandKeys(body, ['inputs']);
  const { inputs } = body;
  demand(Array.isArray(inputs) && inputs.length >= 1 && inputs.length <= 1000, 'from 1 to 1000 inputs');
  const results: object[] = [];
  const errors: object[] = [];
  for (const input of inputs) {
    demandKeys(input, ['id', 'after']);
    const id = String(input.id);
    const links = store.links.get(id) ?? [];
    const from = Number(input.after ?? 0);
    if (links.length === 0) {
      errors.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: `No contact is associated with deal ${id}.`,
        context: { fromObjectId: [id], fromObjectType: ['deal'], toObjectType: ['contact'] },
      });
      continue;
    }
    const to = links.slice(from, from + page).map(({ contact, primary }) => ({
      toObjectId: Number(contact),
      associationTypes: [
        { category: 'HUBSPOT_DEFINED', typeId: 3, label: null },
        ...(primary ? [{ category: 'USER_DEFINED', typeId: 17, label: 'Primary' }] : []),
      ],
    }));
    const paging = from + page < links.length ? { paging: { next: { after: String(from + page) } } } : {};
    results.push({ from: { id }, to, ...paging });
  }
  const times = { startedAt: new Date().toISOString(), completedAt: new Date().toISOString() };
  const whole = { status: 'COMPLETE', results, ...times };
  if (errors.length === 0) return { status: 200, body: whole };
  return { status: 207, body: { ...whole, numErrors: errors.length, errors } };
}

export const properties = (store: Store, type: Type): Answered => ({
  status: 200,
  body: {
    results: [...store.definitions[type].values()].map((each) => ({ description: '', options: [], ...each })),
  },
});

export function makeProperty(store: Store, type: Type, { body }: Asked): Answered {
  demandKeys(body, [
    ...['name', 'label', 'description', 'groupName', 'type', 'fieldType', 'hasUniqueValue', 'hidden'],
    ...[
      'displayOrder',
      'formField',
      'options',
      'calculationFormula',
      'externalOptions',
      'referencedObjectType',
    ],
  ]);
  const wanted = body as Definition;
  demand(/^[a-z]\w{0,99}$/.test(wanted.name ?? ''), 'name must be in lower case');
  demand(wanted.label, 'label is missing');
  demand(store.groups[type].has(wanted.groupName), `Property Group ${wanted.groupName} does not exist`);
  demand(TYPES[wanted.type]?.includes(wanted.fieldType), 'type and fieldType do not fit');
  if (store.definitions[type].has(wanted.name)) {
    throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `A property named '${wanted.name}' already exists.`);
  }
  store.definitions[type].set(wanted.name, wanted);
  return { status: 201, body: { options: [], ...wanted } };
}

export function makeGroup(store: Store, type: Type, { body }: Asked): Answered {
  demandKeys(body, ['name', 'label', 'displayOrder']);
  const name = String(body.name);
  if (store.groups[type].has(name)) {
    throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${name}' already exists.`);
  }
  store.groups[type].add(name);
  return { status: 201, body: { name, label: body.label, archived: false, displayOrder: -1 } };
}
