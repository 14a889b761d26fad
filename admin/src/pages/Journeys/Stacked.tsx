import { styled } from 'styled-components';

interface StackedProps {
  figure: string;
  isKnown: boolean;
  tone?: 'good' | 'bad';
  children?: string;
}

/** A figure with its interval below. */
export const Stacked = ({ figure, isKnown, tone, children }: StackedProps) => (
  <Figures $isKnown={isKnown} className={tone}>
    {figure}
    {children && <small>{children}</small>}
  </Figures>
);

const Figures = styled.span<{ $isKnown: boolean }>`
  display: inline-block;
  max-width: 16rem;
  font-weight: ${({ $isKnown }) => ($isKnown ? 600 : 400)};
  white-space: ${({ $isKnown }) => ($isKnown ? 'nowrap' : 'normal')};
  font-size: ${({ $isKnown }) => ($isKnown ? 'inherit' : '1.2rem')};
  color: ${({ theme, $isKnown }) => ($isKnown ? theme.colors.neutral800 : theme.colors.neutral600)};

  &.good {
    color: ${({ theme }) => theme.colors.success700};
  }

  &.bad {
    color: ${({ theme }) => theme.colors.danger700};
  }

  small {
    display: block;
    font-size: 1.1rem;
    line-height: 1.4rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
