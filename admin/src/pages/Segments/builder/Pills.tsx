import { useId } from 'react';
import { styled } from 'styled-components';
import { FaultText } from './FaultText';

interface PillsProps {
  label: string;
  choices: { value: string; name: string }[];
  chosen: string[];
  error: string | null;
  onChange: (chosen: string[]) => void;
}

/** A few values, any of which may be chosen: checkboxes that look like labels. */
export function Pills({ label, choices, chosen, error, onChange }: PillsProps) {
  const errorId = useId();
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value));
  return (
    <Fieldset data-wrong={error !== null} aria-describedby={error ? errorId : undefined}>
      <legend>{label}</legend>
      <div>
        {choices.map(({ value, name }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span>
              <bdi>{name}</bdi>
            </span>
          </label>
        ))}
      </div>
      {error && <FaultText id={errorId}>{error}</FaultText>}
    </Fieldset>
  );
}

const Fieldset = styled.fieldset`
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;

  legend {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
  }

  label {
    position: relative;
    min-width: 0;
  }

  input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  span {
    display: block;
    padding: 0.5rem 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 1.6rem;
    font-size: 1.3rem;
    line-height: 2rem;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.neutral700};
    background: ${({ theme }) => theme.colors.neutral0};
  }

  input:hover + span {
    border-color: ${({ theme }) => theme.colors.primary600};
  }

  input:checked + span {
    font-weight: 600;
    border-color: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.primary700};
    background: ${({ theme }) => theme.colors.primary100};
  }

  /* Not by its colour alone. */
  input:checked + span::before {
    content: '✓ ' / '';
  }

  input:focus-visible + span {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }
`;
