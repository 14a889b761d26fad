import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import { api } from '../../api';
import { Search } from '../../components/Search';
import { kindName } from '../../format';
import { useResource } from '../../resource';
import { useText } from '../../text';

interface AddItemProps {
  landmark: string | undefined;
  chosen: number[];
  onAdd: (contentId: number) => void;
}

const SHOWN = 6;

/** Finds an item by its title and adds it. */
export function AddItem({ landmark, chosen, onAdd }: AddItemProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  const query = { landmark, search, sort: 'position:asc', page: 1, pageSize: SHOWN + chosen.length };
  const { data } = useResource(search ? `add ${JSON.stringify(query)}` : null, () => api.rankings(query));
  const found = (data?.items ?? []).filter(({ contentId }) => !chosen.includes(contentId)).slice(0, SHOWN);
  return (
    <Box>
      <Search label={text('clv.compare.add')} value={search} onChange={setSearch} />
      {search && data && (
        <Found aria-label={text('clv.compare.found')}>
          {found.length === 0 && (
            <li>
              <Typography textColor="neutral600">{text('clv.nothing.filtered')}</Typography>
            </li>
          )}
          {found.map(({ contentId, title, kind, locale }) => (
            <li key={contentId}>
              <button
                type="button"
                onClick={() => {
                  setSearch('');
                  onAdd(contentId);
                }}
              >
                <span>{title}</span>
                <Flex tag="small">
                  {kindName(kind)}
                  {locale && ` · ${locale}`}
                </Flex>
              </button>
            </li>
          ))}
        </Found>
      )}
    </Box>
  );
}

const Found = styled.ul`
  max-width: 60rem;
  margin: 0.8rem 0 0;
  padding: 0.4rem;
  list-style: none;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral0};

  li {
    padding: 0;
  }

  li > span {
    display: block;
    padding: 0.8rem;
  }

  button {
    display: block;
    width: 100%;
    padding: 0.8rem;
    border: 0;
    border-radius: 4px;
    background: none;
    font: inherit;
    font-size: 1.4rem;
    line-height: 2rem;
    text-align: start;
    color: ${({ theme }) => theme.colors.neutral800};
    cursor: pointer;
  }

  button:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  small {
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
