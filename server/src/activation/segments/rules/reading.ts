import type { SegmentRule, SegmentRules } from '../api-types';

/** The rules in groups too. */
export const rulesIn = ({ rules }: SegmentRules): SegmentRule[] =>
  rules.flatMap((one) => ('match' in one ? one.rules : [one]));

/** Whether being in such a segment tells what somebody read, and so needs their consent to that. */
export const tellsReading = (rules: SegmentRules): boolean =>
  rulesIn(rules).some(({ field }) => field === 'content' || field === 'lastTouch');
