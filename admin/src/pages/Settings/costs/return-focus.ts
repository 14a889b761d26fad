import { type RefObject, useRef, useState } from 'react';

interface ReturnFocus {
  /** What opened the dialog is about to go, as the button of a deleted row does. */
  openerGoes(): void;
  /** For the content of the dialog. */
  onCloseAutoFocus(event: Event): void;
}

/**
 * Gives the focus back when a dialog closes that several buttons open: the design system does so only for one with a
 * trigger of its own.
 *
 * @param otherwise takes the focus when the opener goes
 */
export function useReturnFocus(otherwise: RefObject<HTMLElement>): ReturnFocus {
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  const goes = useRef(false);
  return {
    openerGoes() {
      goes.current = true;
    },
    onCloseAutoFocus(event) {
      event.preventDefault();
      (goes.current ? otherwise.current : opener)?.focus();
    },
  };
}
