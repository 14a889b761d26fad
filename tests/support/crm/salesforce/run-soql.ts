import { Failure } from './failure';
import type { Org, Row } from './org';
import type { Condition, Literal, Soql } from './parse-soql';
import type { Field, ObjectType } from './schema';

type Value = string | number | boolean | null;

/** What a query finds, as the records of its answer. @param all also what was deleted */
export function runSoql(org: Org, soql: Soql, all: boolean): Record<string, unknown>[] {
  const type = org.type(soql.from);
  const children = soql.children.map((child) => childOf(org, type, child, all));
  return found(org, type, soql, all).map((row) => ({
    ...recordOf(org, type, soql, row),
    ...Object.fromEntries(children.map(({ name, of }) => [name, of(row)])),
  }));
}

/** A subquery, and what it finds of one record. */
function childOf(org: Org, parent: ObjectType, soql: Soql, all: boolean) {
  const link = parent.children[soql.from];
  if (!link) {
    const said = `Didn't understand relationship '${soql.from}' in FROM part of query call.`;
    throw new Failure(400, 'INVALID_FIELD', said);
  }
  const type = org.type(link.object);
  const rows = found(org, type, soql, all);
  const of = ({ Id }: Row) => {
    const records = rows.filter((row) => row[link.by] === Id).map((row) => recordOf(org, type, soql, row));
    return records.length > 0 ? { totalSize: records.length, done: true, records } : null;
  };
  return { name: soql.from, of };
}

function found(org: Org, type: ObjectType, soql: Soql, all: boolean): Row[] {
  for (const path of soql.fields) fieldAt(org, type, path);
  const test = soql.where ? tester(org, type, soql.where) : () => true;
  const keys = soql.order.map(({ field: path, descending }) => {
    const field = fieldAt(org, type, path);
    return {
      read: (row: Row) => comparable(field, valueAt(org, type, row, path)),
      sign: descending ? -1 : 1,
    };
  });
  const rows = org.rows(type.name).filter((row) => (all || !row.IsDeleted) && test(row));
  rows.sort((a, b) => {
    for (const { read, sign } of keys) {
      const [x, y] = [read(a), read(b)];
      if (x !== y) return sign * (x === null || (y !== null && x < y) ? -1 : 1);
    }
    return 0;
  });
  return soql.limit === null ? rows : rows.slice(0, soql.limit);
}

function recordOf(org: Org, type: ObjectType, soql: Soql, row: Row): Record<string, unknown> {
  const url = `/services/data/v66.0/sobjects/${type.name}/${row.Id}`;
  const record: Record<string, unknown> = { attributes: { type: type.name, url } };
  for (const path of soql.fields) {
    const [name, own] = path.split('.') as [string, string | undefined];
    if (own === undefined) record[name] = row[name];
    else {
      const parent = parentOf(org, type, row, name);
      const known = (record[name] as Record<string, unknown> | undefined) ?? {
        attributes: { type: type.parents[name]!.object },
      };
      record[name] = parent ? { ...known, [own]: parent[own] } : null;
    }
  }
  return record;
}

function fieldAt(org: Org, type: ObjectType, path: string): Field {
  const [name, own, ...more] = path.split('.') as [string, ...string[]];
  if (own !== undefined && more.length === 0) {
    const link = type.parents[name];
    if (!link)
      throw new Failure(400, 'INVALID_FIELD', `Didn't understand relationship '${name}' in field path.`);
    return fieldAt(org, org.type(link.object), own);
  }
  const field = type.fields.get(name);
  if (field?.visible && own === undefined) return field;
  throw new Failure(400, 'INVALID_FIELD', `No such column '${path}' on entity '${type.name}'.`);
}

const parentOf = (org: Org, type: ObjectType, row: Row, name: string): Row | undefined =>
  org.row(String(row[type.parents[name]!.by]));

function valueAt(org: Org, type: ObjectType, row: Row, path: string): Value {
  const [name, own] = path.split('.') as [string, string | undefined];
  if (own === undefined) return row[name] ?? null;
  return parentOf(org, type, row, name)?.[own] ?? null;
}

const comparable = ({ type }: Field, value: Value): Value =>
  type === 'datetime' && typeof value === 'string' ? Date.parse(value) : value;

const TAKES: Partial<Record<Field['type'], Literal['kind']>> = {
  datetime: 'datetime',
  date: 'date',
  boolean: 'boolean',
  currency: 'number',
  double: 'number',
};

function tester(org: Org, type: ObjectType, condition: Condition): (row: Row) => boolean {
  if ('all' in condition) {
    const tests = condition.all.map((each) => tester(org, type, each));
    return (row) => tests.every((test) => test(row));
  }
  if ('any' in condition) {
    const tests = condition.any.map((each) => tester(org, type, each));
    return (row) => tests.some((test) => test(row));
  }
  const field = fieldAt(org, type, condition.field);
  if (!field.filterable) {
    throw new Failure(400, 'INVALID_FIELD', `field '${condition.field}' can not be filtered in a query call`);
  }
  for (const { kind } of condition.values) {
    const takes = TAKES[field.type] ?? 'text';
    if (kind === takes || kind === 'null') continue;
    const said = `value of filter criterion for field '${condition.field}' must be of type ${field.type}`;
    throw new Failure(400, 'INVALID_FIELD', said);
  }
  const compare = comparison(
    condition.operator,
    condition.values.map(({ value }) => value),
  );
  return (row) => compare(comparable(field, valueAt(org, type, row, condition.field)));
}

function comparison(operator: string, values: Value[]): (value: Value) => boolean {
  const wanted = values[0] ?? null;
  switch (operator) {
    case '=':
      return (value) => value === wanted;
    case '!=':
      return (value) => value !== wanted;
    case 'IN':
      return (value) => values.includes(value);
    case 'LIKE': {
      const pattern = likePattern(String(wanted));
      return (value) => value !== null && pattern.test(String(value));
    }
    case '>':
      return (value) => value !== null && wanted !== null && value > wanted;
    case '>=':
      return (value) => value !== null && wanted !== null && value >= wanted;
    case '<':
      return (value) => value !== null && wanted !== null && value < wanted;
    case '<=':
      return (value) => value !== null && wanted !== null && value <= wanted;
    default:
      throw new Failure(400, 'MALFORMED_QUERY', `unexpected token: '${operator}'`);
  }
}

/** `_` is any letter and `%` any text, unless a backslash is before them; capitals do not count. */
function likePattern(text: string): RegExp {
  const source = text.replace(/\\?[\s\S]/g, (part) => {
    if (part === '%') return '[\\s\\S]*';
    if (part === '_') return '[\\s\\S]';
    return part.at(-1)!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'i');
}
