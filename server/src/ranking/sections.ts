import { adviceSection } from './advice/section';
import { attributionSection } from './attribution/section';
import { distributionSection } from './distribution/section';
import { journeysSection } from './journeys/section';
import type { SectionMaker } from './run-data';
import { togetherSection } from './together/section';

/** What a run answers after the rankings, for screens of their own. */
export const SECTIONS: SectionMaker[] = [
  attributionSection,
  journeysSection,
  distributionSection,
  adviceSection,
  togetherSection,
];
