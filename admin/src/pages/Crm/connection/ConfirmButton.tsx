import { Button, type ButtonProps, Dialog } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useText } from '../../../text';

interface ConfirmButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'disabled' | 'startIcon'> {
  label: string;
  /** The question, and what follows from a yes. */
  title: string;
  children: ReactNode;
  danger?: boolean;
  onConfirm: () => void;
}

/** A button that asks before it does something. */
export function ConfirmButton({ label, title, children, danger, onConfirm, ...button }: ConfirmButtonProps) {
  const text = useText();
  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <Button {...button}>{label}</Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Dialog.Description>{children}</Dialog.Description>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('clv.crm.cancel')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button variant={danger ? 'danger' : 'default'} fullWidth onClick={onConfirm}>
              {label}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
