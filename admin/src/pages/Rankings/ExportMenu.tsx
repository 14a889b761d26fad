import { MenuItem, SimpleMenu } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { download } from '../../api';
import { PLUGIN_ID } from '../../plugin';
import { useAttempt } from '../../problem';
import { useText } from '../../text';
import { type RankingQuery, serverQuery } from './query';

/** The ranking that is shown, to be taken along: as a workbook, as CSV, or on paper. */
export function ExportMenu({ query, landmark }: { query: RankingQuery; landmark: string }) {
  const text = useText();
  const attempt = useAttempt();
  const navigate = useNavigate();
  const save = (kind: 'xlsx' | 'csv') =>
    attempt(() => download(`/rankings/export.${kind}`, serverQuery(query), `content-value.${kind}`));
  const report = new URLSearchParams({ landmark, ...(query.slice ? { slice: query.slice } : {}) });
  return (
    <SimpleMenu label={text('clv.export.do')} variant="tertiary" startIcon={<Download />}>
      <MenuItem onSelect={() => save('xlsx')}>{text('clv.export.excel')}</MenuItem>
      <MenuItem onSelect={() => save('csv')}>{text('clv.export')}</MenuItem>
      <MenuItem onSelect={() => navigate(`/plugins/${PLUGIN_ID}/rankings/report?${report}`)}>
        {text('clv.export.report')}
      </MenuItem>
    </SimpleMenu>
  );
}
