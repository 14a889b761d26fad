import type { ReactNode } from 'react';
import { styled } from 'styled-components';

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Something to choose, with what it means beneath its name. */
export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <Label>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </Label>
  );
}

const Label = styled.label`
  display: flex;
  gap: 1.2rem;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;

  input {
    flex: none;
    width: 1.6rem;
    height: 1.6rem;
    margin: 0.1rem 0 0;
    accent-color: ${({ theme }) => theme.colors.primary600};
  }

  input:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }

  > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  b {
    display: block;
    font-size: 1.4rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    display: block;
    font-size: 1.2rem;
    font-style: italic;
  }
`;

/** Some of them under one question. */
export const Checks = styled.fieldset`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr));
  gap: 1.2rem 2.4rem;
  margin: 0;
  padding: 0;
  border: 0;
  font-size: 1.3rem;
  line-height: 1.8rem;

  legend {
    padding: 0;
    margin-bottom: 0.8rem;
    font-size: 1.4rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;
