import { Flex, IconButton, VisuallyHidden } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { styled } from 'styled-components';
import type { CostsPage, ListedCost } from '../../../../../server/src/crm/costs/api-types';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { useMedia } from '../../../media';
import { useText } from '../../../text';
import { costId, costName, sourceName } from './words';

/** Below this, what a cost is of stands in one column. */
const NARROW = '(max-width: 1080px)';

interface CostsTableProps {
  page: CostsPage;
  /** Without them nothing can be changed. */
  actions: { edit: (cost: ListedCost) => void; remove: (cost: ListedCost) => void } | null;
}

/** Costs, the newest month first, and what all that match come to. */
export function CostsTable({ page: { costs, totals }, actions }: CostsTableProps) {
  const text = useText();
  const format = useFormats();
  const narrow = useMedia(NARROW);
  return (
    <PlainTable label={text('clv.settings.show.costs')}>
      <thead>
        <tr>
          <th scope="col">{text('clv.column.month')}</th>
          <th scope="col">{text('clv.by.channel')}</th>
          {!narrow && <th scope="col">{text('clv.by.product-line')}</th>}
          {!narrow && <th scope="col">{text('clv.by.segment')}</th>}
          <th scope="col" className="end">
            {text('clv.settings.costs.amount')}
          </th>
          <th scope="col">{text('clv.settings.costs.source')}</th>
          {!narrow && <th scope="col">{text('clv.settings.costs.changed')}</th>}
          {actions && (
            <th scope="col">
              <VisuallyHidden>{text('clv.crm.dead.do')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {costs.map((cost) => (
          <Row key={costId(cost)} cost={cost} narrow={narrow} actions={actions} />
        ))}
      </tbody>
      <tfoot>
        {totals.map(({ currency, amount, costs: n }) => (
          <tr key={currency}>
            <td colSpan={narrow ? 2 : 4}>{text('clv.settings.costs.total', { n, currency })}</td>
            <td className="end">{format.statedMoney(Number(amount), currency)}</td>
            <td colSpan={(narrow ? 1 : 2) + (actions ? 1 : 0)} />
          </tr>
        ))}
      </tfoot>
    </PlainTable>
  );
}

interface RowProps extends Pick<CostsTableProps, 'actions'> {
  cost: ListedCost;
  narrow: boolean;
}

function Row({ cost, narrow, actions }: RowProps) {
  const text = useText();
  const format = useFormats();
  const { month, channel, product_line, segment, amount, currency, source, updated_at } = cost;
  const name = costName(cost, format);
  const changed = (
    <time dateTime={new Date(updated_at).toISOString()} title={format.dateTime(updated_at)}>
      {format.ago(updated_at)}
    </time>
  );
  const more = [product_line, segment].filter(Boolean).join(' · ');
  return (
    <tr>
      <th scope="row">{format.month(month)}</th>
      <td>
        <Name>{channel}</Name>
        {narrow && more && <Below>{more}</Below>}
      </td>
      {!narrow && <td>{product_line ? <Name>{product_line}</Name> : '–'}</td>}
      {!narrow && <td>{segment ? <Name>{segment}</Name> : '–'}</td>}
      <td className="end">{format.statedMoney(Number(amount), currency)}</td>
      <td>
        {sourceName(source, text)}
        {narrow && <Below>{changed}</Below>}
      </td>
      {!narrow && <td>{changed}</td>}
      {actions && (
        <Actions>
          <Flex gap={1} justifyContent="flex-end">
            <IconButton
              size="S"
              variant="ghost"
              label={text('clv.settings.costs.edit.one', { name })}
              onClick={() => actions.edit(cost)}
            >
              <Pencil />
            </IconButton>
            <IconButton
              size="S"
              variant="ghost"
              label={text('clv.settings.costs.delete.one', { name })}
              onClick={() => actions.remove(cost)}
            >
              <Trash />
            </IconButton>
          </Flex>
        </Actions>
      )}
    </tr>
  );
}

/** A long name takes several lines rather than the width of the others. */
const Name = styled.bdi`
  display: block;
  max-width: 28rem;
  white-space: normal;
  overflow-wrap: anywhere;
`;

const Below = styled.span`
  display: block;
  max-width: 24rem;
  white-space: normal;
  overflow-wrap: anywhere;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Actions = styled.td`
  && {
    padding-block: 0.4rem;
  }
`;
