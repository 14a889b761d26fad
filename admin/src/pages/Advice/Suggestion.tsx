import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { GroupName } from '../../../../server/src/ranking/advice/api-types';
import { kindName } from '../../format';
import { useText } from '../../text';
import { itemPath } from '../Rankings/ItemTitle';

export const Suggestions = styled.ol`
  display: grid;
  margin: 0;
  padding: 0;
  list-style: none;
`;

interface SuggestionProps {
  /** What kind of thing it is, in little. */
  eyebrow?: string;
  name: ReactNode;
  /** The figure, and its interval. */
  figure: string;
  interval: string;
  /** What the figure is held against. */
  against?: string;
  counts: string;
  children?: ReactNode;
}

/** One piece of advice: what, by how much and how sure, on how many, and what speaks for it. */
export function Suggestion({ eyebrow, name, figure, interval, against, counts, children }: SuggestionProps) {
  return (
    <Item>
      <Top>
        <div>
          {eyebrow && (
            <Typography tag="p" variant="sigma" textColor="neutral600">
              {eyebrow}
            </Typography>
          )}
          <Name dir="auto">{name}</Name>
        </div>
        <Figure>
          <b>{figure}</b>
          {against && <span>{against}</span>}
          <span>{interval}</span>
        </Figure>
      </Top>
      {children}
      <Typography tag="p" variant="pi" textColor="neutral600">
        {counts}
      </Typography>
    </Item>
  );
}

/** Pieces that speak for a group, each with its page. */
export function Evidence({
  label,
  pieces,
}: {
  label: string;
  pieces: { contentId: number; title: string; figure?: string }[];
}) {
  return (
    <Pieces>
      <span>{label}</span>
      <ul>
        {pieces.map(({ contentId, title, figure }) => (
          <li key={contentId}>
            <PieceLink to={itemPath(contentId)} dir="auto">
              {title}
            </PieceLink>
            {figure && <span> {figure}</span>}
          </li>
        ))}
      </ul>
    </Pieces>
  );
}

/** What a group is called: "Topic", "pricing". */
export function useGroupWords() {
  const text = useText();
  return ({ dimension, value }: GroupName): { eyebrow: string; name: string } => {
    if (dimension === 'kind') return { eyebrow: text('clv.advice.dimension.kind'), name: kindName(value) };
    if (dimension === 'topic') return { eyebrow: text('clv.advice.dimension.topic'), name: value };
    return { eyebrow: kindName(dimension), name: value };
  };
}

const Item = styled.li`
  display: grid;
  gap: 0.8rem;
  padding: 1.6rem 0;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};

  &:first-child {
    padding-top: 0;
    border-top: 0;
  }

  &:last-child {
    padding-bottom: 0;
  }
`;

const Top = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0.4rem 1.6rem;

  > :first-child {
    flex: 1 1 16rem;
    min-width: 0;
  }
`;

const Name = styled.h4`
  margin: 0;
  font-size: 1.5rem;
  line-height: 2rem;
  font-weight: 600;
  overflow-wrap: anywhere;
  color: ${({ theme }) => theme.colors.neutral800};
`;

const Figure = styled.p`
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 0.8rem;
  margin: 0;
  font-size: 1.2rem;
  line-height: 2rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral600};

  b {
    font-size: 1.6rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;

const Pieces = styled.div`
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral600};

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    padding-top: 0.2rem;
    overflow-wrap: anywhere;
  }
`;

export const PieceLink = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;
