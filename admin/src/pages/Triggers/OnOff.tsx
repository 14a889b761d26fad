import { Switch } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../text';

interface OnOffProps {
  /** What is switched. */
  label: string;
  on: boolean;
  disabled: boolean;
  onChange: (on: boolean) => void;
}

/** A switch that says beside itself how it stands. */
export function OnOff({ label, on, disabled, onChange }: OnOffProps) {
  const text = useText();
  return (
    <Side>
      <Switch
        aria-label={text('clv.triggers.switch', { name: label })}
        checked={on}
        disabled={disabled}
        onCheckedChange={onChange}
      />
      <span aria-hidden>{text(on ? 'clv.triggers.on' : 'clv.triggers.off')}</span>
    </Side>
  );
}

const Side = styled.div`
  flex: none;
  display: flex;
  gap: 0.8rem;
  align-items: center;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral700};
`;
