import { styled } from 'styled-components';

/** A field with a list that opens below it. */
export const Picker = styled.div`
  position: relative;
  max-width: 48rem;
  min-width: 0;

  > input {
    width: 100%;
    min-height: 3.2rem;
    padding: 0 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    font: inherit;
    font-size: 1.4rem;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral0};
    text-overflow: ellipsis;
  }

  > input::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }

  > input[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.danger600};
  }

  > input:focus {
    outline: none;
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: 0 0 0 2px ${({ theme }) => theme.colors.primary600};
  }

  .list {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    margin-top: 0.4rem;
    padding: 0.4rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    box-shadow: ${({ theme }) => theme.shadows.filterShadow};
  }

  [role='listbox'] {
    max-height: 28rem;
    overflow-y: auto;
  }

  [role='option'],
  .list p {
    padding: 0.8rem;
    border-radius: 4px;
    font-size: 1.4rem;
    line-height: 1.8rem;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.neutral800};
    cursor: pointer;
  }

  .list p {
    color: ${({ theme }) => theme.colors.neutral600};
    cursor: default;
  }

  [data-active='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }

  small {
    display: block;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;

/** What was chosen, each to be taken away. */
export const Chosen = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 0.6rem;
  margin: 0 0 0.8rem;
  padding: 0;
  list-style: none;

  li {
    display: inline-flex;
    align-items: center;
    min-width: 0;
    border: 1px solid ${({ theme }) => theme.colors.primary200};
    border-radius: 1.6rem;
    padding: 0.4rem 0.4rem 0.4rem 1.2rem;
    font-size: 1.3rem;
    line-height: 2rem;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.primary700};
    background: ${({ theme }) => theme.colors.primary100};
  }

  button {
    flex: none;
    width: 2.4rem;
    height: 2.4rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    font-size: 1.6rem;
    line-height: 1;
    color: inherit;
    cursor: pointer;
  }

  button:hover {
    background: ${({ theme }) => theme.colors.primary200};
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;
