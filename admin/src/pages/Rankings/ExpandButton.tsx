import { ChevronDown, ChevronUp } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text';

interface ExpandButtonProps {
  open: boolean;
  onToggle: () => void;
  controls: string;
  title: string;
}

/** Opens all the figures of an item. */
export function ExpandButton({ open, onToggle, controls, title }: ExpandButtonProps) {
  const text = useText();
  const label = text('clv.details.of', { title });
  const Icon = open ? ChevronUp : ChevronDown;
  return (
    <Button
      type="button"
      aria-expanded={open}
      aria-controls={open ? controls : undefined}
      aria-label={label}
      title={text(open ? 'clv.details.hide' : 'clv.details.show')}
      onClick={onToggle}
    >
      <Icon width="1.2rem" height="1.2rem" aria-hidden />
    </Button>
  );
}

const Button = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 3.2rem;
  height: 3.2rem;
  border: 0;
  border-radius: 4px;
  background: none;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;

  &:hover {
    background: ${({ theme }) => theme.colors.neutral150};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;
