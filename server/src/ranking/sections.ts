import type { SectionMaker } from './run-data';

/** What a run answers after the rankings, for screens of their own. */
export const SECTIONS: SectionMaker[] = [];
