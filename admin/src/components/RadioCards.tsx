import { useId } from 'react';
import { styled } from 'styled-components';

interface RadioCardsProps<T extends string> {
  legend: string;
  value: T | null;
  options: { value: T; name: string; what: string }[];
  onChange: (value: T) => void;
}

/** One of a few that need a sentence each. */
export function RadioCards<T extends string>({ legend, value, options, onChange }: RadioCardsProps<T>) {
  const name = useId();
  return (
    <Choices>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <b>{option.name}</b>
            {option.what}
          </span>
        </label>
      ))}
    </Choices>
  );
}

const Choices = styled.fieldset`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(28rem, 100%), 1fr));
  gap: 1.2rem;
  min-width: 0;
  margin: 0;
  padding: 0;
  border: 0;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral700};

  legend {
    padding: 0;
    margin-bottom: 0.8rem;
    font-size: 1.4rem;
    line-height: 2rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  label {
    display: flex;
    gap: 1.2rem;
    padding: 1.2rem 1.6rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 6px;
    cursor: pointer;
  }

  label:hover {
    border-color: ${({ theme }) => theme.colors.primary600};
  }

  label:has(:checked) {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  label:has(:focus-visible) {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }

  input {
    flex: none;
    width: 1.6rem;
    height: 1.6rem;
    margin: 0.1rem 0 0;
    accent-color: ${({ theme }) => theme.colors.primary600};
    outline: none;
  }

  b {
    display: block;
    font-size: 1.4rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
