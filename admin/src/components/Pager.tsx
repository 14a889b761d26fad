import {
  Dots,
  Flex,
  NextLink,
  PageLink,
  Pagination,
  PreviousLink,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { PAGE_SIZES, pageNumbers } from '../page-numbers';
import { useText } from '../text';

interface PagerProps {
  /** What the pages are of, such as "Pages of the ranking". */
  label: string;
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
  /** The address of a page. */
  to: (page: number) => string;
  /** Without it, the size of a page is not to be chosen. */
  onSize?: (pageSize: number) => void;
}

/** Which part of a long list is shown, and the way to the rest. */
export function Pager({ label, pagination, to, onSize }: PagerProps) {
  const text = useText();
  const { page, pageSize, pageCount, total } = pagination;
  if (total <= PAGE_SIZES[0]!) return null;
  return (
    <Flex justifyContent="space-between" gap={4} wrap="wrap" paddingTop={2}>
      <Flex gap={3}>
        {onSize && (
          <SingleSelect
            size="S"
            aria-label={text('clv.pages.size')}
            value={String(pageSize)}
            onChange={(size) => onSize(Number(size))}
          >
            {PAGE_SIZES.map((size) => (
              <SingleSelectOption key={size} value={String(size)}>
                {String(size)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        )}
        <Typography textColor="neutral600" role="status">
          {text('clv.pages.shown', {
            first: (page - 1) * pageSize + 1,
            last: Math.min(page * pageSize, total),
            total,
          })}
        </Typography>
      </Flex>
      {pageCount > 1 && (
        <Pagination activePage={page} pageCount={pageCount} label={label}>
          <PreviousLink tag={Link} to={to(Math.max(page - 1, 1))}>
            {text('clv.pages.previous')}
          </PreviousLink>
          {pageNumbers(page, pageCount).map((n, index) =>
            n === 0 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: at most two gaps, each known by its place
              <Dots key={`gap-${index}`}>{text('clv.pages.more')}</Dots>
            ) : (
              <PageLink key={n} number={n} tag={Link} to={to(n)}>
                {text('clv.pages.go', { page: n })}
              </PageLink>
            ),
          )}
          <NextLink tag={Link} to={to(Math.min(page + 1, pageCount))}>
            {text('clv.pages.next')}
          </NextLink>
        </Pagination>
      )}
    </Flex>
  );
}
