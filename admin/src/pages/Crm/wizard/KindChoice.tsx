import { ArrowRight } from '@strapi/icons';
import { styled } from 'styled-components';
import type { KindInfo } from '../../../../../server/src/crm/sync/api-types';
import { useText } from '../../../text';
import { useKindWords } from './kind-words';

/** The CRMs that can be connected, to begin with one of them. */
export function KindChoice({ kinds, onChoose }: { kinds: KindInfo[]; onChoose: (kind: KindInfo) => void }) {
  const text = useText();
  const what = useKindWords();
  return (
    <Cards aria-label={text('clv.crm.step.choose')}>
      {kinds.map((kind) => (
        <li key={kind.kind}>
          <button type="button" onClick={() => onChoose(kind)}>
            <b>
              {kind.title} <ArrowRight width="1.2rem" height="1.2rem" aria-hidden />
            </b>
            <span>{what(kind.kind)}</span>
          </button>
        </li>
      ))}
    </Cards>
  );
}

const Cards = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr));
  gap: 1.6rem;
  margin: 0;
  padding: 0;
  list-style: none;

  button {
    display: flex;
    flex-direction: column;
    gap: 0.8rem;
    width: 100%;
    height: 100%;
    padding: 2rem 2.4rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 6px;
    background: ${({ theme }) => theme.colors.neutral0};
    font: inherit;
    font-size: 1.4rem;
    line-height: 2rem;
    text-align: start;
    color: ${({ theme }) => theme.colors.neutral700};
    cursor: pointer;
  }

  button:hover {
    border-color: ${({ theme }) => theme.colors.primary600};
  }

  button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }

  b {
    display: flex;
    gap: 0.8rem;
    align-items: center;
    justify-content: space-between;
    font-size: 1.6rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  path {
    fill: ${({ theme }) => theme.colors.primary600};
  }
`;
