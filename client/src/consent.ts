import { options } from './options';
import type { CollectBody } from './protocol';

export type ConsentState = NonNullable<CollectBody['consent']>;

/** The visitor's choice; read anew each time, because another tab may have changed it. */
export const consentState = () => (localStorage.clv_consent ?? 'unknown') as ConsentState;

/** Whether the visitor's choice, the lack of one, or a signal of the browser forbids to store and send anything. */
export const forbidden = () =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
  navigator.doNotTrack === '1' ||
  (options.consent === 'assumed' ? consentState() === 'denied' : consentState() !== 'granted');
