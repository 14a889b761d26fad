import { Failure } from './failure';
import { type Field, type ObjectType, objects } from './schema';

export type Row = Record<string, string | number | boolean | null> & { Id: string };
type Values = Record<string, unknown>;

/** A save that failed, as collections tell it. */
export class SaveFailure extends Error {
  constructor(
    readonly statusCode: string,
    message: string,
    readonly fields: string[] = [],
  ) {
    super(message);
  }
}

/** An org: its objects, their records, and what happens to these when somebody changes them. */
export class Org {
  readonly types: Map<string, ObjectType>;
  private readonly tables = new Map<string, Map<string, Row>>();
  private made = 0;

  constructor(readonly multi: boolean) {
    this.types = objects(multi);
    this.insert('Organization', { Name: 'Waterworks Ltd' });
    if (multi) {
      this.insert('CurrencyType', { IsoCode: 'EUR', IsCorporate: true });
      this.insert('CurrencyType', { IsoCode: 'JPY', IsCorporate: false });
    }
  }

  type(name: string): ObjectType {
    const type = this.types.get(name);
    if (type) return type;
    throw new Failure(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  }

  rows(object: string): Row[] {
    return [...(this.tables.get(object)?.values() ?? [])];
  }

  row(id: string): Row | undefined {
    for (const table of this.tables.values()) {
      const found = table.get(id);
      if (found) return found;
    }
    return undefined;
  }

  /** Makes a record as Salesforce itself would, without judging its values. @returns its id */
  insert(object: string, values: Partial<Row>): string {
    const type = this.type(object);
    this.made += 1;
    const Id = checked(`${type.prefix}${String(this.made).padStart(12, '0')}`);
    const blank = Object.fromEntries(
      [...type.fields.values()].map(({ name, type: kind }) => [name, kind === 'boolean' ? false : null]),
    );
    const now = present();
    const stamps = { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now };
    const table = this.tables.get(object) ?? new Map<string, Row>();
    this.tables.set(object, table.set(Id, { ...blank, ...stamps, ...values, Id } as Row));
    return Id;
  }

  change(id: string, values: Partial<Row>): void {
    const now = present();
    Object.assign(this.row(id)!, values, { LastModifiedDate: now, SystemModstamp: now });
  }

  remove(id: string): void {
    this.change(id, { IsDeleted: true });
  }

  /** The loser is deleted and says who won; what belonged to it belongs to the winner. */
  merge(loser: string, winner: string): void {
    this.change(loser, { IsDeleted: true, MasterRecordId: winner });
    this.change(winner, {});
    for (const [object, by] of [
      ['OpportunityContactRole', 'ContactId'],
      ['Task', 'WhoId'],
    ] as const) {
      for (const row of this.rows(object)) if (row[by] === loser) this.change(row.Id, { [by]: winner });
    }
  }

  /** What a client may write of a record: every field known, of its type, and within its bounds. */
  judged(object: string, values: Values): Partial<Row> {
    const type = this.type(object);
    for (const [name, value] of Object.entries(values)) {
      const field = type.fields.get(name);
      if (!field?.visible) {
        throw new Failure(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
      }
      if (!isOf(field, value)) {
        const said = `Cannot deserialize instance of ${field.type} from ${JSON.stringify(value)}`;
        throw new Failure(400, 'JSON_PARSER_ERROR', said);
      }
    }
    for (const [name, value] of Object.entries(values)) bounded(type.fields.get(name)!, value);
    return values as Partial<Row>;
  }

  /** Saves one record of a collection. @throws SaveFailure for this one alone, Failure for them all */
  save(object: string, id: string | null, values: Values): string {
    const judged = this.judged(object, values);
    if (id === null) return this.create(object, judged);
    const { prefix } = this.type(object);
    if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id) || !id.startsWith(prefix)) {
      throw new SaveFailure('MALFORMED_ID', `${object} ID: id value of incorrect type: ${id}`, ['Id']);
    }
    const row = this.row(id);
    if (!row) throw new SaveFailure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (row.IsDeleted) throw new SaveFailure('ENTITY_IS_DELETED', 'entity is deleted');
    if (row.IsConverted) {
      throw new SaveFailure('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    this.change(id, judged);
    return id;
  }

  private create(object: string, values: Partial<Row>): string {
    if (object === 'Task' && !values.Status) {
      throw new SaveFailure('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Status]', ['Status']);
    }
    if (typeof values.WhoId === 'string') {
      const who = this.row(values.WhoId);
      if (!who) throw new SaveFailure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
      if (who.IsDeleted) throw new SaveFailure('ENTITY_IS_DELETED', 'entity is deleted');
    }
    return this.insert(object, values);
  }
}

/** Salesforce keeps whole seconds. */
export const present = (at = Date.now()): string =>
  `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, -1)}+0000`;

/** The three characters behind fifteen say which of these are capitals. */
function checked(id: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  const suffix = [0, 5, 10].map((from) => {
    const bits = [...id.slice(from, from + 5)].reduce((sum, c, i) => sum + (/[A-Z]/.test(c) ? 1 << i : 0), 0);
    return alphabet[bits];
  });
  return id + suffix.join('');
}

function isOf({ type }: Field, value: unknown): boolean {
  if (value === null) return true;
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'currency':
    case 'double':
      return typeof value === 'number';
    case 'datetime':
      return (
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) &&
        !Number.isNaN(Date.parse(value))
      );
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
    default:
      return typeof value === 'string';
  }
}

function bounded(field: Field, value: unknown): void {
  const { name, length, precision, scale, updateable, label } = field;
  if (!updateable) {
    throw new SaveFailure('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${name}.`, [
      name,
    ]);
  }
  if (typeof value === 'string' && length > 0 && value.length > length) {
    const said = `${label}: data value too large: ${value} (max length=${length})`;
    throw new SaveFailure('STRING_TOO_LONG', said, [name]);
  }
  if (typeof value === 'number' && Math.abs(value) >= 10 ** (precision - scale)) {
    const said = `${label}: value outside of valid range on numeric field: ${value}`;
    throw new SaveFailure('NUMBER_OUTSIDE_VALID_RANGE', said, [name]);
  }
}
