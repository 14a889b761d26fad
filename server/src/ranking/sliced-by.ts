import { PARTED_BY } from './models/parts';

/** What runs can rank beside everyone: parts of the persons, or the accounts that they belong to. */
export const SLICED_BY = [...PARTED_BY, 'accounts'] as const;
export type SlicedBy = (typeof SLICED_BY)[number];
