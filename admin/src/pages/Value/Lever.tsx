import { useId } from 'react';
import { styled } from 'styled-components';

interface LeverProps {
  label: string;
  /** In percent. */
  value: number;
  from: number;
  to: number;
  unit: string;
  onChange: (value: number) => void;
  disabled?: boolean;
}

/** A figure to turn: by a slider, or typed. */
export function LeverInput({ label, value, from, to, unit, onChange, disabled }: LeverProps) {
  const id = useId();
  const limited = (typed: number) => Math.min(Math.max(Math.round(typed), from), to);
  return (
    <Row>
      <label htmlFor={id}>{label}</label>
      <input
        type="range"
        min={from}
        max={to}
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={`${value} ${unit}`}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <span>
        <input
          id={id}
          type="number"
          min={from}
          max={to}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(limited(event.target.valueAsNumber || 0))}
        />
        {unit}
      </span>
    </Row>
  );
}

const Row = styled.div`
  display: grid;
  grid-template-columns: minmax(9rem, 13rem) minmax(8rem, 1fr) auto;
  gap: 1.2rem;
  align-items: center;
  min-height: 4rem;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};

  input[type='range'] {
    width: 100%;
    margin: 0;
    accent-color: ${({ theme }) => theme.colors.primary600};
    /* The rest of the track is the browser's own, and white on a dark page without this. */
    color-scheme: ${({ theme }) => (theme.colors.neutral0.toLowerCase() === '#ffffff' ? 'light' : 'dark')};
  }

  span {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
    min-width: 9.2rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  input[type='number'] {
    width: 6.4rem;
    padding: 0.6rem 0.8rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    font: inherit;
    text-align: end;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  input:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }
`;
