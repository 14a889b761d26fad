import { Box, VisuallyHidden } from '@strapi/design-system';
import { keyframes, styled } from 'styled-components';
import { useText } from '../text';

const pulse = keyframes`
  50% { opacity: 0.45; }
`;

const Bar = styled.div<{ $width: string }>`
  width: ${({ $width }) => $width};
  height: 1.2rem;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral200};
  animation: ${pulse} 1.6s ease-in-out infinite;

  @media (prefers-reduced-motion: reduce) {
    animation: none;
  }
`;

const Row = styled.div`
  display: flex;
  align-items: center;
  gap: 2.4rem;
  height: 6.4rem;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};

  &:last-child {
    border-bottom: 0;
  }
`;

const WIDTHS = ['34%', '26%', '40%', '30%', '22%', '36%', '28%', '32%'];

/** The shape of a table while it is loading. */
export function TableSkeleton({ rows }: { rows: number }) {
  const text = useText();
  return (
    <Box
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      paddingLeft={5}
      paddingRight={5}
      aria-busy
      role="status"
    >
      <VisuallyHidden>{text('clv.loading')}</VisuallyHidden>
      {WIDTHS.slice(0, rows).map((width) => (
        <Row key={width} aria-hidden>
          <Bar $width="2.4rem" />
          <Bar $width={width} />
          <Bar $width="24%" />
          <Bar $width="8%" />
        </Row>
      ))}
    </Box>
  );
}

/** The shape of a page of cards while it is loading. */
export function CardSkeleton({ cards }: { cards: number }) {
  const text = useText();
  return (
    <Cards aria-busy role="status">
      <VisuallyHidden>{text('clv.loading')}</VisuallyHidden>
      {WIDTHS.slice(0, cards).map((width) => (
        <div key={width} aria-hidden>
          <Bar $width="40%" />
          <Bar $width={width} style={{ height: '2.4rem' }} />
          <Bar $width="80%" />
        </div>
      ))}
    </Cards>
  );
}

const Cards = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr));
  gap: 1.2rem;

  > div {
    display: flex;
    flex-direction: column;
    gap: 1.6rem;
    padding: 2rem 1.6rem;
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  }
`;
