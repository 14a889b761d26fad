import { keyframes, styled } from 'styled-components';

interface ProgressBarProps {
  label: string;
  /** 0 to 1; null while nobody knows how much there is. */
  share: number | null;
}

/** How far something is. The design system's own bar is made for dark ground. */
export function ProgressBar({ label, share }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.floor(share * 100);
  return (
    <Track
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-unknown={share === null}
    >
      <div style={{ width: share === null ? '30%' : `${share * 100}%` }} />
    </Track>
  );
}

const wander = keyframes`
  from { margin-inline-start: -30%; }
  to { margin-inline-start: 100%; }
`;

const Track = styled.div`
  height: 0.8rem;
  border-radius: 4px;
  overflow: hidden;
  background: ${({ theme }) => theme.colors.neutral150};

  div {
    height: 100%;
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.primary600};
    transition: width 300ms;
  }

  &[data-unknown='true'] div {
    animation: ${wander} 1.8s linear infinite;
  }

  @media (prefers-reduced-motion: reduce) {
    &[data-unknown='true'] div {
      animation: none;
    }
  }
`;
