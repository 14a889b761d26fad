import type { Answered, Asked } from '../served';
import { demand, demandKeys, Refusal } from './refusal';
import { shown } from './show';
import { judged, type Store, type Stored, type Type } from './store';

const MOST = 100;
const NOTE_TO_CONTACT = 202;

interface Fault {
  status: 'error';
  category: string;
  message: string;
  context: Record<string, string[]>;
}

const notFound = (type: Type, id: string): Fault => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  message: `Could not get some ${type} objects, they may be deleted or not exist. Check that ids are valid.`,
  context: { ids: [id] },
});

function inputsOf(body: unknown, keys: string[], more: string[] = []): Record<string, unknown>[] {
  demandKeys(body, ['inputs', ...more]);
  const { inputs } = body;
  demand(Array.isArray(inputs) && inputs.length >= 1, 'inputs are missing');
  demand(inputs.length <= MOST, `The maximum number of inputs in a batch request is ${MOST}`);
  for (const input of inputs) demandKeys(input, [...keys, 'objectWriteTraceId']);
  const ids = inputs.map(({ id }) => id).filter((id) => id !== undefined);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  demand(twice.length === 0, `Duplicate IDs found in batch input: [${twice}]. IDs must be unique.`);
  return inputs;
}

function answer(results: object[], errors: Fault[] = [], status = 200): Answered {
  const body = {
    status: 'COMPLETE',
    startedAt: new Date().toISOString(),
    completedAt: new Date().toISOString(),
    results,
  };
  if (errors.length === 0) return { status, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}

/** The batches of records, as strict as HubSpot's. @param forbidden contacts that a rule of the account refuses */
export function batchesOf(store: Store, forbidden: Set<string>) {
  function byProperty(type: Type, name: string | undefined, value: string): Stored | undefined {
    if (name === undefined) return store.live(type, store.mergedInto.get(value) ?? value);
    const unique = name === 'email' || store.definitions[type].get(name)?.hasUniqueValue;
    demand(unique, `The property ${name} has no unique values`);
    return [...store.records[type].values()].find(
      (each) => each.archivedAt === null && each.properties[name] === value,
    );
  }

  return {
    update(type: Type, { body }: Asked): Answered {
      const inputs = inputsOf(body, ['id', 'idProperty', 'properties']);
      const good = inputs.map((input) => ({
        id: String(input.id),
        idProperty: input.idProperty as string | undefined,
        properties: judged(store, type, input.properties),
      }));
      const against = good.filter(({ id }) => forbidden.has(id));
      demand(against.length === 0, 'A validation rule of this account was violated.');
      const results: object[] = [];
      const errors: Fault[] = [];
      for (const { id, idProperty, properties } of good) {
        const record = byProperty(type, idProperty, id);
        if (!record) {
          errors.push(notFound(type, id));
          continue;
        }
        store.change(type, record, properties);
        results.push(shown(store, type, record, Object.keys(properties)));
      }
      return answer(results.reverse(), errors);
    },

    upsert(type: Type, { body }: Asked): Answered {
      const inputs = inputsOf(body, ['id', 'idProperty', 'properties']);
      const results = inputs.map((input) => {
        const properties = judged(store, type, input.properties);
        const name = input.idProperty as string | undefined;
        let record = byProperty(type, name, String(input.id));
        const isNew = record === undefined;
        demand(record || name, `No ${type} with the id ${input.id}`);
        record ??= store.add(type, { [name!]: String(input.id) });
        store.change(type, record, properties);
        return { ...shown(store, type, record, Object.keys(properties)), new: isNew };
      });
      return answer(results);
    },

    read(type: Type, { body }: Asked): Answered {
      const inputs = inputsOf(body, ['id'], ['idProperty', 'properties', 'propertiesWithHistory']);
      const { idProperty, properties = [] } = body;
      const results: object[] = [];
      const errors: Fault[] = [];
      for (const { id } of inputs) {
        const record = byProperty(type, idProperty, String(id));
        if (record) results.push(shown(store, type, record, properties));
        else errors.push(notFound(type, String(id)));
      }
      return answer(results, errors);
    },

    create(type: Type, { body }: Asked): Answered {
      const inputs = inputsOf(body, ['properties', 'associations']);
      const judgedInputs = inputs.map((input) => {
        const properties = judged(store, type, input.properties);
        if (type === 'notes') demand(properties.hs_timestamp, 'hs_timestamp is required');
        refuseDoubles(type, properties);
        return { properties, contacts: contactsIn(input.associations) };
      });
      const results = judgedInputs.map(({ properties, contacts }) => {
        refuseDoubles(type, properties);
        const record = store.add(type, properties);
        if (type === 'notes') store.noteLinks.set(record.id, contacts);
        return shown(store, type, record, Object.keys(properties));
      });
      return answer(results, [], 201);
    },
  };

  function refuseDoubles(type: Type, properties: Record<string, string>): void {
    for (const { name, hasUniqueValue } of store.definitions[type].values()) {
      const value = properties[name];
      if (!hasUniqueValue || !value || !byProperty(type, name, value)) continue;
      throw new Refusal(409, 'CONFLICT', `Cannot set ${name}: another object already has that value.`);
    }
  }

  function contactsIn(associations: unknown = []): string[] {
    demand(Array.isArray(associations), 'associations are no list');
    return associations.map((each) => {
      demandKeys(each, ['to', 'types']);
      demandKeys(each.to, ['id']);
      const [type] = each.types as Record<string, unknown>[];
      demandKeys(type, ['associationCategory', 'associationTypeId']);
      demand(
        type.associationCategory === 'HUBSPOT_DEFINED' && type.associationTypeId === NOTE_TO_CONTACT,
        'the association type does not fit',
      );
      const id = String(each.to.id);
      if (!store.live('contacts', id)) throw new Refusal(404, 'OBJECT_NOT_FOUND', `No contact ${id}`);
      return id;
    });
  }
}
