import { Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { RankedItem } from '../../../../server/src/ranking/api-types';
import { kindName, useFormats } from '../../format';
import { PLUGIN_ID } from '../../plugin';
import { type MessageId, useText } from '../../text';

/** Where the entry is edited. */
export function entryPath({ uid, documentId, locale }: Pick<RankedItem, 'uid' | 'documentId' | 'locale'>) {
  const query = locale && `?plugins[i18n][locale]=${encodeURIComponent(locale)}`;
  return `/content-manager/collection-types/${uid}/${documentId}${query}`;
}

/** The page about one item, in the landmark that was looked at. */
export const itemPath = (contentId: number, landmark?: string) =>
  `/plugins/${PLUGIN_ID}/rankings/item/${contentId}${landmark ? `?landmark=${encodeURIComponent(landmark)}` : ''}`;

export type TitledItem = Pick<
  RankedItem,
  'contentId' | 'uid' | 'documentId' | 'locale' | 'kind' | 'title' | 'unpublishedAt' | 'deletedAt'
>;

/** An item's title, the way to its own page and to its entry, and what it is. */
export function ItemTitle({ item, landmark }: { item: TitledItem; landmark?: string }) {
  const text = useText();
  const format = useFormats();
  const gone: { label: MessageId; at: number } | null = item.deletedAt
    ? { label: 'clv.mark.deleted', at: item.deletedAt }
    : item.unpublishedAt
      ? { label: 'clv.mark.unpublished', at: item.unpublishedAt }
      : null;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
      <Title dir="auto" title={item.title}>
        <Link to={itemPath(item.contentId, landmark)}>{item.title}</Link>
      </Title>
      <Flex gap={2} wrap="wrap">
        <Typography variant="pi" textColor="neutral600">
          {kindName(item.kind)}
          {item.locale && (
            <>
              {' · '}
              <span title={format.languageName(item.locale)}>{item.locale}</span>
            </>
          )}
        </Typography>
        {!item.deletedAt && (
          <EntryLink to={entryPath(item)} aria-label={text('clv.entry.open.of', { title: item.title })}>
            {text('clv.entry.open')}
          </EntryLink>
        )}
        {gone && <Mark title={format.dateTime(gone.at)}>{text(gone.label)}</Mark>}
      </Flex>
    </Flex>
  );
}

/** Two lines of a long title; the whole of it on hover, and always in the page for readers and search. */
const Title = styled.span`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  max-width: 100%;
  /* Text from right to left keeps its own order, but stays at the column's edge. */
  text-align: -webkit-match-parent;
  text-align: match-parent;
  overflow-wrap: anywhere;
  font-size: 1.4rem;
  line-height: 2rem;
  font-weight: 500;
  color: ${({ theme }) => theme.colors.neutral800};

  a {
    color: inherit;
    text-decoration: none;
  }

  a:hover {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -1px;
    border-radius: 2px;
  }
`;

const EntryLink = styled(Link)`
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.primary600};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    border-radius: 2px;
  }
`;

const Mark = styled.span`
  padding: 0 0.6rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 3px;
  font-size: 1.1rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral700};
`;
