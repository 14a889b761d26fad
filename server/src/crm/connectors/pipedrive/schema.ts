import type { SchemaReport } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { fieldName, INSIGHT_FIELDS, type InsightFieldInfo } from '../../insight-fields';
import type { Api } from './api';
import { allFields, PERSON_FIELDS } from './fields';
import type { Field } from './payloads';

/** Types of person fields that can hold an insight; a missing field is made with the first one. */
const TYPES: Record<InsightFieldInfo['type'], [string, ...string[]]> = {
  money: ['monetary', 'double'],
  share: ['double'],
  score: ['double'],
  text: ['varchar', 'varchar_auto', 'text'],
  date: ['date'],
};

/** Where an insight is written to. */
export interface Place {
  info: InsightFieldInfo;
  code: string;
  type: string;
}

export interface Schema {
  ensure(fields?: readonly InsightFieldInfo[]): Promise<SchemaReport>;
  /** A place for each of these insights. @throws ConnectorError config when one is missing */
  places(fields: readonly InsightFieldInfo[]): Promise<Place[]>;
  /** Asks Pipedrive again the next time: somebody may have deleted a field. */
  forget(): void;
}

/** The person fields of insights. Pipedrive gives each a code of its own, so they are known by their names. */
export function schemaOf(api: Api): Schema {
  let known: Promise<Map<string, Field>> | null = null;

  async function ensure(insights: readonly InsightFieldInfo[] = INSIGHT_FIELDS): Promise<SchemaReport> {
    known = null;
    const report: SchemaReport = { created: [], existing: [], todo: [] };
    const fields = await byName(api);
    for (const info of insights) {
      const name = fieldName(info.name);
      const there = fields.get(name);
      if (there && !TYPES[info.type].includes(there.field_type)) report.todo.push(otherType(there, info));
      else if (there) report.existing.push(name);
      else if (await create(api, info)) report.created.push(name);
      else report.todo.push(byHand(info));
    }
    return report;
  }

  function placeIn(fields: Map<string, Field>, info: InsightFieldInfo): Place {
    const there = fields.get(fieldName(info.name));
    if (there && TYPES[info.type].includes(there.field_type)) {
      return { info, code: there.field_code, type: there.field_type };
    }
    // Somebody may make it by hand before the next time.
    known = null;
    throw new ConnectorError('config', there ? otherType(there, info) : byHand(info));
  }

  return {
    ensure,
    async places(insights) {
      known ??= byName(api).catch((error) => {
        known = null;
        throw error;
      });
      const fields = await known;
      return insights.map((info) => placeIn(fields, info));
    },
    forget() {
      known = null;
    },
  };
}

async function byName(api: Api): Promise<Map<string, Field>> {
  const fields = await allFields(api, PERSON_FIELDS);
  return new Map(fields.filter((field) => field.is_custom_field).map((field) => [field.field_name, field]));
}

/** @returns false when the user may not create fields */
async function create(api: Api, info: InsightFieldInfo): Promise<boolean> {
  const { status } = await api.send({
    method: 'POST',
    url: PERSON_FIELDS,
    body: { field_name: fieldName(info.name), field_type: TYPES[info.type][0] },
    accept: [403],
  });
  return status !== 403;
}

const byHand = (info: InsightFieldInfo): string =>
  `Pipedrive has no person field "${fieldName(info.name)}": create it in Company settings, Data fields, with the type ${WORDS[info.type]}.`;

const otherType = ({ field_name, field_type }: Field, info: InsightFieldInfo): string =>
  `The person field "${field_name}" of Pipedrive is of the type ${field_type}: rename it there, so that one of the type ${WORDS[info.type]} can take its place.`;

/** What people choose in Pipedrive. */
const WORDS: Record<InsightFieldInfo['type'], string> = {
  money: 'Monetary',
  share: 'Numerical',
  score: 'Numerical',
  text: 'Text',
  date: 'Date',
};
