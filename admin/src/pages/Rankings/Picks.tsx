import { Checkbox, Flex, LinkButton, TextButton, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { RankedItem } from '../../../../server/src/ranking/api-types';
import { PLUGIN_ID } from '../../plugin';
import { useText } from '../../text';

export const FEWEST_COMPARED = 2;
export const MOST_COMPARED = 5;

/** Items chosen to be compared; they stay while pages and filters change. */
export interface Picks {
  ids: number[];
  toggle(contentId: number): void;
  clear(): void;
}

export function usePicks(): Picks {
  const [ids, setIds] = useState<number[]>([]);
  return {
    ids,
    toggle: (id) => setIds((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id])),
    clear: () => setIds([]),
  };
}

/** Where items are compared. */
export const comparePath = (ids: number[], landmark: string) =>
  `/plugins/${PLUGIN_ID}/rankings/compare?items=${ids.join(',')}&landmark=${encodeURIComponent(landmark)}`;

/** Chooses one item; not more than can be compared. */
export function Pick({ item, picks }: { item: RankedItem; picks: Picks }) {
  const text = useText();
  const chosen = picks.ids.includes(item.contentId);
  return (
    <Checkbox
      aria-label={text('clv.compare.pick', { title: item.title })}
      checked={chosen}
      disabled={!chosen && picks.ids.length >= MOST_COMPARED}
      onCheckedChange={() => picks.toggle(item.contentId)}
    />
  );
}

/** What was chosen, and the way to the comparison; at the window's lower edge while a list is scrolled. */
export function PickBar({ picks, landmark }: { picks: Picks; landmark: string }) {
  const text = useText();
  const n = picks.ids.length;
  if (n === 0) return null;
  const enough = n >= FEWEST_COMPARED;
  return (
    <Bar role="status">
      <Typography textColor="neutral800">
        {text(enough ? 'clv.compare.chosen' : 'clv.compare.one-more', { n, most: MOST_COMPARED })}
      </Typography>
      <Flex gap={4}>
        <TextButton onClick={picks.clear}>{text('clv.compare.clear')}</TextButton>
        {enough && (
          <LinkButton tag={Link} to={comparePath(picks.ids, landmark)} size="S">
            {text('clv.compare.go')}
          </LinkButton>
        )}
      </Flex>
    </Bar>
  );
}

const Bar = styled.div`
  position: sticky;
  bottom: 1.6rem;
  z-index: 2;
  display: flex;
  flex-wrap: wrap;
  gap: 0.8rem 2.4rem;
  align-items: center;
  justify-content: space-between;
  padding: 1.2rem 2rem;
  border: 1px solid ${({ theme }) => theme.colors.primary200};
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.primary100};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;
