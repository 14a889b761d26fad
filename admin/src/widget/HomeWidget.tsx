import { isFetchError, Widget } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { WidgetData } from '../../../server/src/activation/start/api-types';
import { get } from '../api';
import { useResource } from '../resource';
import { KeyFigures } from './KeyFigures';
import { Movers } from './Movers';
import { NothingYet } from './NothingYet';

const news = () => get<WidgetData>('/widget');

/** What is new, on Strapi's home page: how the economics and the CRMs stand, and which items rose and fell. */
export function HomeWidget() {
  const { data, error } = useResource('widget', news);
  if (error && !data)
    return isFetchError(error) && error.status === 403 ? <Widget.NoPermissions /> : <Widget.Error />;
  if (!data) return <Widget.Loading />;
  const { ranking, value } = data;
  if (!ranking?.at && !value?.at) return <NothingYet />;
  return (
    <Body>
      <KeyFigures data={data} />
      {ranking && <Movers ranking={ranking} />}
    </Body>
  );
}

const Body = styled.div`
  display: flex;
  flex-direction: column;
  gap: 1.6rem;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral600};

  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
