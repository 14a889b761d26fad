import type { Refusal } from '../api-types';
import type { Adjusted } from './adjusted';

/** What the weighted persons must be worth, on each side and together, before an adjusted figure is given. */
const EFFECTIVE_EACH = 15;
const EFFECTIVE_BOTH = 50;

/** Why an item cannot be adjusted: nobody like its readers left it unread, or too few. */
export function refusalOf({ effective: { exposed, unexposed } }: Adjusted): Refusal | null {
  if (exposed === 0) return 'no overlap';
  if (exposed < EFFECTIVE_EACH || unexposed < EFFECTIVE_EACH) return 'little overlap';
  return exposed + unexposed < EFFECTIVE_BOTH ? 'little overlap' : null;
}
