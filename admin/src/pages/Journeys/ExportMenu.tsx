import { MenuItem, SimpleMenu } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { download } from '../../api';
import { useAttempt } from '../../problem';
import { type MessageId, useText } from '../../text';

const TABLES: [table: string, name: MessageId][] = [
  ['paths', 'clv.journeys.paths.title'],
  ['entries', 'clv.journeys.entry.title'],
  ['closings', 'clv.journeys.closing.title'],
  ['flow', 'clv.journeys.flow.title'],
  ['next', 'clv.journeys.item.next'],
];

/** The tables of the page as files. */
export function ExportMenu() {
  const text = useText();
  const attempt = useAttempt();
  return (
    <SimpleMenu label={text('clv.export')} variant="tertiary" startIcon={<Download />}>
      {TABLES.map(([table, name]) => (
        <MenuItem
          key={table}
          onSelect={() =>
            attempt(() => download('/journeys/export.csv', { table }, `clv-journeys-${table}.csv`))
          }
        >
          {text(name)}
        </MenuItem>
      ))}
    </SimpleMenu>
  );
}
