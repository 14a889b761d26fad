import type { CrmField } from '../../../../../server/src/crm/sync/api-types';
import type { MessageId } from '../../../text';

export const FIELD_TYPE: Record<CrmField['type'], MessageId> = {
  text: 'clv.crm.type.text',
  number: 'clv.crm.type.number',
  money: 'clv.crm.type.money',
  date: 'clv.crm.type.date',
  choice: 'clv.crm.type.choice',
  other: 'clv.crm.type.other',
};

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Properties whose label or name has every word that was typed; those that begin with it come first. */
export function matching(fields: readonly CrmField[], search: string): CrmField[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...fields];
  const begins = ({ label, name }: CrmField) =>
    plain(label).startsWith(words[0]!) || plain(name).startsWith(words[0]!);
  const found = fields.filter(({ label, name }) => {
    const all = plain(`${label} ${name}`);
    return words.every((word) => all.includes(word));
  });
  return [...found.filter(begins), ...found.filter((field) => !begins(field))];
}
