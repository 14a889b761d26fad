import { VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { CostsPage } from '../../../../../server/src/crm/costs/api-types';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { useMedia } from '../../../media';
import { useText } from '../../../text';
import { type CostActions, CostRow, type Room } from './CostRow';
import { costId } from './words';

/** Below these, what a cost is of, and then all that is said of it, stands in one column. */
const NARROW = '(max-width: 1080px)';
const SLIM = '(max-width: 600px)';

interface CostsTableProps {
  page: CostsPage;
  /** Without them nothing can be changed. */
  actions: CostActions | null;
}

/** Costs, the newest month first, and what all that match come to. */
export function CostsTable({ page: { costs, totals }, actions }: CostsTableProps) {
  const text = useText();
  const format = useFormats();
  const narrow = useMedia(NARROW);
  const slim = useMedia(SLIM);
  const room: Room = slim ? 'slim' : narrow ? 'narrow' : 'wide';
  /** Columns before and behind the amount. */
  const [before, behind] = { wide: [4, 2], narrow: [2, 1], slim: [1, 0] }[room] as [number, number];
  const rest = behind + (actions && !slim ? 1 : 0);
  return (
    <PlainTable label={text('clv.settings.show.costs')}>
      <thead>
        <tr>
          {!slim && <th scope="col">{text('clv.column.month')}</th>}
          <th scope="col">{text('clv.by.channel')}</th>
          {!narrow && <th scope="col">{text('clv.by.product-line')}</th>}
          {!narrow && <th scope="col">{text('clv.by.segment')}</th>}
          <th scope="col" className="end">
            {text('clv.settings.costs.amount')}
          </th>
          {!slim && <th scope="col">{text('clv.settings.costs.source')}</th>}
          {!narrow && <th scope="col">{text('clv.settings.costs.changed')}</th>}
          {actions && !slim && (
            <th scope="col">
              <VisuallyHidden>{text('clv.crm.dead.do')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <Rows $slim={slim}>
        {costs.map((cost) => (
          <CostRow key={costId(cost)} cost={cost} room={room} actions={actions} />
        ))}
      </Rows>
      <Totals $slim={slim}>
        {totals.map(({ currency, amount, costs: n }) => (
          <tr key={currency}>
            <td colSpan={before}>{text('clv.settings.costs.total', { n, currency })}</td>
            <td className="end">{format.statedMoney(Number(amount), currency)}</td>
            {rest > 0 && <td colSpan={rest} />}
          </tr>
        ))}
      </Totals>
    </PlainTable>
  );
}

const Rows = styled.tbody<{ $slim: boolean }>`
  && > tr > * {
    padding-block: 0.5rem;
    ${({ $slim }) => $slim && 'padding-inline: 0.8rem;'}
    vertical-align: middle;
  }
`;

const Totals = styled.tfoot<{ $slim: boolean }>`
  && td {
    ${({ $slim }) => $slim && 'padding-inline: 0.8rem;'}
  }

  && td:first-child {
    white-space: normal;
  }
`;
