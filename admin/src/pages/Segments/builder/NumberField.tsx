import { useId } from 'react';
import { styled } from 'styled-components';
import { FaultText } from './FaultText';

interface NumberFieldProps {
  /** Before the field, such as "at least". */
  label: string;
  /** Behind it, such as "days". */
  unit?: string;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** A figure with its unit. */
export function NumberField({ label, unit, value, error, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <Box data-wrong={error !== null}>
      <label>
        <span>{label}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          value={value}
          aria-invalid={error !== null}
          aria-describedby={error ? id : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <span>{unit}</span>}
      </label>
      {error && <FaultText id={id}>{error}</FaultText>}
    </Box>
  );
}

const Box = styled.div`
  min-width: 0;

  label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.8rem;
    font-size: 1.4rem;
    line-height: 2rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  input {
    width: 9.6rem;
    min-height: 3.2rem;
    padding: 0 1rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    font: inherit;
    text-align: end;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral0};
  }

  input[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.danger600};
  }

  input:focus {
    outline: none;
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: 0 0 0 2px ${({ theme }) => theme.colors.primary600};
  }
`;
