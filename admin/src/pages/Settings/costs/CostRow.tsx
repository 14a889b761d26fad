import { Flex, IconButton } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { styled } from 'styled-components';
import type { ListedCost } from '../../../../../server/src/crm/costs/api-types';
import { useFormats } from '../../../format';
import { useText } from '../../../text';
import { costName, sourceName } from './words';

/** How many columns there is room for. */
export type Room = 'wide' | 'narrow' | 'slim';

export interface CostActions {
  edit: (cost: ListedCost) => void;
  remove: (cost: ListedCost) => void;
}

interface CostRowProps {
  cost: ListedCost;
  room: Room;
  actions: CostActions | null;
}

/** One cost; what has no column of its own stands below the channel, the amount, or where it came from. */
export function CostRow({ cost, room, actions }: CostRowProps) {
  const text = useText();
  const format = useFormats();
  const { month, channel, product_line, segment, amount, currency, source, updated_at } = cost;
  const wide = room === 'wide';
  const slim = room === 'slim';
  const from = sourceName(source, text);
  const changed = (
    <time dateTime={new Date(updated_at).toISOString()} title={format.dateTime(updated_at)}>
      {format.ago(updated_at)}
    </time>
  );
  const buttons = actions && <Buttons cost={cost} {...actions} />;
  const below = [slim ? format.month(month) : null, ...(wide ? [] : [product_line, segment])].filter(Boolean);
  return (
    <tr>
      {!slim && <th scope="row">{format.month(month)}</th>}
      <td>
        <Name>{channel}</Name>
        {below.length > 0 && <Below>{below.join(' · ')}</Below>}
        {slim && (
          <Below>
            {from}, {changed}
          </Below>
        )}
      </td>
      {wide && <td>{product_line ? <Name>{product_line}</Name> : '–'}</td>}
      {wide && <td>{segment ? <Name>{segment}</Name> : '–'}</td>}
      <td className="end">
        {format.statedMoney(Number(amount), currency)}
        {slim && buttons}
      </td>
      {!slim && (
        <td>
          {from}
          {!wide && <Below>{changed}</Below>}
        </td>
      )}
      {wide && <td>{changed}</td>}
      {buttons && !slim && <td>{buttons}</td>}
    </tr>
  );
}

function Buttons({ cost, edit, remove }: { cost: ListedCost } & CostActions) {
  const text = useText();
  const name = costName(cost, useFormats());
  return (
    <Flex gap={1} justifyContent="flex-end">
      <IconButton
        size="S"
        variant="ghost"
        label={text('clv.settings.costs.edit.one', { name })}
        onClick={() => edit(cost)}
      >
        <Pencil />
      </IconButton>
      <IconButton
        size="S"
        variant="ghost"
        label={text('clv.settings.costs.delete.one', { name })}
        onClick={() => remove(cost)}
      >
        <Trash />
      </IconButton>
    </Flex>
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
