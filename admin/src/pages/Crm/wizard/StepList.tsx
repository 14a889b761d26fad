import { Check } from '@strapi/icons';
import { styled } from 'styled-components';
import { type MessageId, useText } from '../../../text';

const STEPS: MessageId[] = [
  'clv.crm.step.choose',
  'clv.crm.step.credentials',
  'clv.crm.step.map',
  'clv.crm.step.run',
];

/** Where one is on the way. */
export function StepList({ current }: { current: number }) {
  const text = useText();
  return (
    <List aria-label={text('clv.crm.steps')}>
      {STEPS.map((name, index) => (
        <li key={name} aria-current={index === current ? 'step' : undefined} data-done={index < current}>
          <span aria-hidden>
            {index < current ? <Check width="1rem" height="1rem" fill="currentColor" /> : index + 1}
          </span>
          {text(name)}
        </li>
      ))}
    </List>
  );
}

const List = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: 0.8rem 2.4rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 2.4rem;
  color: ${({ theme }) => theme.colors.neutral600};

  li {
    display: flex;
    gap: 0.8rem;
  }

  li[aria-current] {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  span {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: 2.4rem;
    height: 2.4rem;
    border-radius: 50%;
    font-size: 1.2rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral600};
    background: ${({ theme }) => theme.colors.neutral150};
  }

  li[aria-current] span {
    color: ${({ theme }) => theme.colors.buttonNeutral0};
    background: ${({ theme }) => theme.colors.buttonPrimary600};
  }

  li[data-done='true'] span {
    color: ${({ theme }) => theme.colors.success700};
    background: ${({ theme }) => theme.colors.success100};
  }
`;
