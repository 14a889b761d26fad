import { useId } from 'react';
import { styled } from 'styled-components';

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: [value: T, name: string][];
  onChange: (value: T) => void;
}

/** One of a few, all of them to be seen: radio buttons that look like one switch. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const name = useId();
  return (
    <Fieldset>
      <legend>{label}</legend>
      {options.map(([option, optionName]) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{optionName}</span>
        </label>
      ))}
    </Fieldset>
  );
}

const Fieldset = styled.fieldset`
  display: inline-flex;
  flex-wrap: wrap;
  margin: 0;
  padding: 2px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 6px;
  background: ${({ theme }) => theme.colors.neutral0};

  legend {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  label {
    position: relative;
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
    padding: 0.6rem 1.2rem;
    border-radius: 4px;
    font-size: 1.3rem;
    line-height: 2rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  input:hover + span {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  input:checked + span {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  input:focus-visible + span {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }
`;
