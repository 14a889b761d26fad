import { fixed, percent, table } from '../fit/text';
import type { AttributionDocument, CreditRow } from './document';

const NAME_WIDTH = 44;

interface Column {
  name: string;
  cell: (row: CreditRow) => string;
}

/** The result as people read it. */
export function attributionTable({
  model,
  totalConversions,
  totalValue,
  credits,
}: AttributionDocument): string {
  const error = (value: number | undefined) => (value === undefined ? '' : ` ± ${fixed(value, 2)}`);
  const columns: Column[] = [
    { name: 'content', cell: ({ content }) => shortened(content) },
    {
      name: 'conversions',
      cell: (row) => fixed(row.conversions, 2) + error(row.conversionsStandardError),
    },
    {
      name: 'share',
      cell: ({ conversions }) => percent(totalConversions > 0 ? conversions / totalConversions : null),
    },
    { name: 'value', cell: (row) => fixed(row.value, 2) + error(row.valueStandardError) },
  ];
  if (credits.some(({ removalEffect }) => removalEffect !== undefined)) {
    columns.push({
      name: 'removal effect',
      cell: ({ removalEffect }) => percent(removalEffect ?? null),
    });
  }
  return [
    `${model}: ${fixed(totalConversions, 2)} conversions worth ${fixed(totalValue, 2)}, ${credits.length} items`,
    '',
    table(
      columns.map(({ name }) => name),
      credits.map((row) => columns.map(({ cell }) => cell(row))),
    ),
  ].join('\n');
}

const shortened = (name: string): string =>
  name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name;
