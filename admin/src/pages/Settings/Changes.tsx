import type { SettingsChange } from '../../../../server/src/settings/api-types';
import { PlainTable } from '../../components/PlainTable';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { typedOf } from './fields';
import { FIELDS } from './sections';

/** Who changed what, the latest first. */
export function Changes({ changes }: { changes: SettingsChange[] }) {
  const text = useText();
  const format = useFormats();
  const shown = ({ path }: SettingsChange, value: unknown): string => {
    if (value === null) return text('clv.settings.default');
    const { kind, choices } = FIELDS[path];
    const choice = choices?.find(([name]) => name === value);
    if (choice) return text(choice[1]);
    if (kind === 'switch') return text(value ? 'clv.settings.yes' : 'clv.settings.no');
    if (kind === 'percent') return format.percent(value as number);
    if (value === false) return text('clv.settings.keep.ever');
    if (Array.isArray(value)) return value.join(', ');
    return String(typedOf(kind, value)).replaceAll('\n', ', ');
  };
  return (
    <PlainTable label={text('clv.settings.changes')} tall>
      <thead>
        <tr>
          <th scope="col">{text('clv.settings.changes.when')}</th>
          <th scope="col">{text('clv.settings.changes.who')}</th>
          <th scope="col">{text('clv.settings.changes.what')}</th>
          <th scope="col">{text('clv.settings.changes.from')}</th>
          <th scope="col">{text('clv.settings.changes.to')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several were made in one moment
          <tr key={i}>
            <td>
              <time dateTime={new Date(change.at).toISOString()}>{format.dateTime(change.at)}</time>
            </td>
            <td>{change.by ?? text('clv.settings.changes.gone')}</td>
            <td>{text(FIELDS[change.path].name)}</td>
            <td>{shown(change, change.from)}</td>
            <td>{shown(change, change.to)}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
