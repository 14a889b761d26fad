import type { SchemaReport } from '../../connector';
import { fieldName, INSIGHT_FIELDS, type InsightFieldInfo } from '../../insight-fields';
import type { Api } from './api';
import { type ObjectType, paths } from './paths';
import type { Property } from './payloads';
import { propertiesIn } from './properties';

/** Tells our notes from each other, so that each stands once. */
export const NOTE_KEY = 'clv_note_key';

const GROUP = { name: 'clv', label: 'Customer lifetime value' };

interface NewProperty {
  name: string;
  label: string;
  description: string;
  groupName: string;
  type: 'string' | 'number' | 'datetime';
  fieldType: 'text' | 'number' | 'date';
  hasUniqueValue?: boolean;
}

const KINDS: Record<InsightFieldInfo['type'], Pick<NewProperty, 'type' | 'fieldType'>> = {
  money: { type: 'number', fieldType: 'number' },
  share: { type: 'number', fieldType: 'number' },
  score: { type: 'number', fieldType: 'number' },
  text: { type: 'string', fieldType: 'text' },
  date: { type: 'datetime', fieldType: 'date' },
};

/** Makes what is missing of our properties, in a group of their own. Somebody else may make them at the same time. */
export async function ensureSchema(
  api: Api,
  currency: string,
  fields: readonly InsightFieldInfo[] = INSIGHT_FIELDS,
): Promise<SchemaReport> {
  const report: SchemaReport = { created: [], existing: [], todo: [] };
  const insights = fields.map(({ name, label, help, type }) => ({
    name: fieldName(name),
    label,
    description: type === 'money' ? `${help} In ${currency}.` : help,
    groupName: GROUP.name,
    ...KINDS[type],
  }));
  const key: NewProperty = {
    name: NOTE_KEY,
    label: 'CLV: key',
    description: 'Tells notes about content from each other.',
    groupName: GROUP.name,
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
  };
  await ensure(api, 'contacts', insights, report);
  await ensure(api, 'notes', [key], report);
  return report;
}

async function ensure(
  api: Api,
  type: ObjectType,
  wanted: NewProperty[],
  report: SchemaReport,
): Promise<void> {
  const there = new Map((await propertiesIn(api, type)).map((property) => [property.name, property]));
  const missing = wanted.filter(({ name }) => !there.has(name));
  if (missing.length > 0) await make(api, paths.groups(type), GROUP);
  for (const property of missing) {
    const made = await make(api, paths.properties(type), property);
    report[made ? 'created' : 'existing'].push(property.name);
  }
  for (const property of wanted) {
    const found = there.get(property.name);
    if (!found) continue;
    report.existing.push(property.name);
    const wrong = mismatch(found, property);
    if (wrong) report.todo.push(`The property ${property.name} of ${type} in HubSpot ${wrong}.`);
  }
}

function mismatch(found: Property, wanted: NewProperty): string | null {
  if (found.type !== wanted.type) {
    return `is of the type ${found.type}; delete it, and create the fields again to have it as ${wanted.type}`;
  }
  if (wanted.hasUniqueValue && !found.hasUniqueValue) {
    return 'lets several records have one value; delete it, and create the fields again';
  }
  return null;
}

/** @returns false when it is there already */
async function make(api: Api, url: string, body: object): Promise<boolean> {
  const { status } = await api.send({ method: 'POST', url, body, accept: [409], idempotent: true });
  return status !== 409;
}
