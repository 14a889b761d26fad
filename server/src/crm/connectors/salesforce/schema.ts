import type { SchemaReport } from '../../connector';
import { INSIGHT_FIELDS, type InsightFieldInfo } from '../../insight-fields';
import type { Api } from './api';
import { apiError } from './errors';
import { customName, metadataOf, typeInWords } from './insight-values';

/**
 * Makes the custom fields of insights. A field that was made by the API is hidden from everybody until an administrator
 * grants access to it, so making them may end in something to do.
 *
 * @param objects Contact, and Lead where leads are customers
 */
export async function ensureSchema(
  api: Api,
  objects: string[],
  currency: string,
  insights: readonly InsightFieldInfo[] = INSIGHT_FIELDS,
): Promise<SchemaReport> {
  const report: SchemaReport = { created: [], existing: [], todo: [] };
  for (const object of objects) {
    const before = new Map((await api.describe(object, true)).map((field) => [field.name, field]));
    const missing = insights.filter((info) => !before.has(customName(info.name)));
    const made = new Set<string>();
    const refused: InsightFieldInfo[] = [];
    for (const info of missing) {
      const outcome = await create(api, object, info, currency);
      if (outcome === 'created') made.add(customName(info.name));
      if (outcome === 'refused') refused.push(info);
    }
    const fields = missing.length > 0 ? await api.describe(object, true) : [...before.values()];
    const editable = new Set(fields.filter(({ updateable }) => updateable).map(({ name }) => name));
    const hidden: string[] = [];
    for (const info of insights) {
      if (refused.includes(info)) continue;
      const name = customName(info.name);
      (made.has(name) ? report.created : report.existing).push(`${object}.${name}`);
      if (!editable.has(name)) hidden.push(name);
    }
    if (refused.length > 0) report.todo.push(createByHand(object, refused));
    if (hidden.length > 0) report.todo.push(grantAccess(object, hidden));
  }
  return report;
}

async function create(
  api: Api,
  object: string,
  info: InsightFieldInfo,
  currency: string,
): Promise<'created' | 'there' | 'refused'> {
  const answer = await api.request({
    method: 'POST',
    url: '/tooling/sobjects/CustomField',
    body: { FullName: `${object}.${customName(info.name)}`, Metadata: metadataOf(info, currency) },
    idempotent: true,
    accept: [400, 403, 404],
  });
  if (answer.status < 400) return 'created';
  const code = apiError(answer.body)?.errorCode ?? '';
  // The user cannot see it, or an answer was lost on its way.
  if (code === 'DUPLICATE_DEVELOPER_NAME') return 'there';
  const error = api.refusal(answer);
  if (error.kind === 'rate-limit' || error.kind === 'transient') throw error;
  return 'refused';
}

const createByHand = (object: string, fields: InsightFieldInfo[]): string =>
  `Create these fields of ${object} (Setup, Object Manager, ${object}, Fields & Relationships): ` +
  `${fields.map((info) => `${customName(info.name)} as ${typeInWords(info)}`).join(', ')}. ` +
  'Or let the user we run as do it (permission "Customize Application") and check again.';

const grantAccess = (object: string, names: string[]): string =>
  `Grant read and edit access to these fields of ${object} to the user we run as, and read access to whoever shall ` +
  `see them (Setup, Permission Sets, Object Settings): ${names.join(', ')}.`;
