import { styled } from 'styled-components';

/** Conditions one below the other. */
export const RuleList = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  list-style: none;
`;
