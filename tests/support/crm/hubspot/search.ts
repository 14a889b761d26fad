import type { Answered, Asked } from '../served';
import { demand, demandKeys } from './refusal';
import { chosen } from './show';
import type { Store, Type } from './store';

const MOST_RESULTS = 10_000;
const OPERATORS: Record<string, (a: number | string, b: number | string) => boolean> = {
  EQ: (a, b) => a === b,
  NEQ: (a, b) => a !== b,
  GT: (a, b) => a > b,
  GTE: (a, b) => a >= b,
  LT: (a, b) => a < b,
  LTE: (a, b) => a <= b,
};

type Filter = (properties: Record<string, string>) => boolean;

export function search(store: Store, type: Type, { body }: Asked): Answered {
  demandKeys(body, ['query', 'limit', 'after', 'sorts', 'properties', 'filterGroups']);
  const {
    limit = 10,
    after = '0',
    sorts = [],
    properties = [],
    filterGroups = [],
  } = body as Record<string, never>;
  demand(Number.isInteger(limit) && limit >= 1 && limit <= 200, 'limit must be from 1 to 200');
  demand(/^\d+$/.test(String(after)), 'after is no cursor of a search');
  const from = Number(after);
  demand(from + limit <= MOST_RESULTS, 'There is a limit of 10,000 results per query.');
  const groups = groupsOf(store, type, filterGroups);
  const { read, descends } = orderOf(store, type, sorts);
  const found = [...store.indexed(type)]
    .filter(
      ([, each]) => groups.length === 0 || groups.some((group) => group.every((filter) => filter(each))),
    )
    .map(([id, each]) => ({ id, each, key: read(each), tie: (Number(id) * 7919) % 10_007 }))
    // Of equals, nobody promises an order: here it is one that helps nobody.
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.tie - b.tie));
  if (descends) found.reverse();
  const results = found.slice(from, from + limit).map(({ id, each }) => ({
    id,
    properties: chosen(store, type, each, properties),
    createdAt: each.createdate,
    updatedAt: each[type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate'],
    archived: false,
  }));
  const next = from + limit < found.length ? { paging: { next: { after: String(from + limit) } } } : {};
  return { status: 200, body: { total: found.length, results, ...next } };
}

function groupsOf(store: Store, type: Type, groups: unknown): Filter[][] {
  demand(Array.isArray(groups) && groups.length <= 5, 'at most 5 filterGroups');
  return groups.map((group) => {
    demandKeys(group, ['filters']);
    const { filters } = group;
    demand(Array.isArray(filters) && filters.length >= 1 && filters.length <= 6, 'from 1 to 6 filters');
    return filters.map((filter) => {
      demandKeys(filter, ['propertyName', 'operator', 'value', 'highValue', 'values']);
      const { propertyName, operator, value } = filter as Record<string, string>;
      const holds = OPERATORS[operator!];
      demand(holds, `the operator ${operator} is not known here`);
      demand(
        store.definitions[type].has(propertyName!),
        `There was a problem with the request: ${propertyName}`,
      );
      demand(typeof value === 'string', 'value must be text');
      const read = readerOf(store, type, propertyName!);
      const wanted = read(value);
      return (properties: Record<string, string>) => {
        const own = properties[propertyName!];
        return own !== undefined && holds(read(own), wanted);
      };
    });
  });
}

function orderOf(store: Store, type: Type, sorts: unknown) {
  demand(Array.isArray(sorts) && sorts.length <= 1, 'only one sort is supported');
  const [sort = 'createdate'] = sorts as (string | { propertyName: string; direction: string })[];
  if (typeof sort === 'object') demandKeys(sort, ['propertyName', 'direction']);
  const name = typeof sort === 'object' ? sort.propertyName : sort.replace(/^-/, '');
  const descends = typeof sort === 'object' ? sort.direction === 'DESCENDING' : sort.startsWith('-');
  demand(store.definitions[type].has(name), `cannot sort by ${name}`);
  const read = readerOf(store, type, name);
  return { descends, read: (properties: Record<string, string>) => read(properties[name] ?? '') };
}

const times = new Map<string, number>();
function timeIn(text: string): number {
  let time = times.get(text);
  if (time === undefined) {
    time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    times.set(text, time);
  }
  return time;
}

/** Times compare by milliseconds, numbers as such. */
function readerOf(store: Store, type: Type, name: string): (text: string) => number | string {
  const kind = store.definitions[type].get(name)!.type;
  if (kind === 'datetime') return timeIn;
  if (kind === 'number') return Number;
  return (text) => text;
}
