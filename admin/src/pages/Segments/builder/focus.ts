const FOCUSABLE = 'input:not([disabled]), button:not([disabled]), textarea, [role=combobox]';

/** Puts the focus on the first thing within that takes it. */
export function focusWithin(element: Element | null | undefined): void {
  const target = element?.matches(FOCUSABLE) ? element : element?.querySelector(FOCUSABLE);
  (target as HTMLElement | null | undefined)?.focus();
}
