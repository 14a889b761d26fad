import type { SegmentOptions } from '../../../../../server/src/activation/segments/api-types';
import type { DraftRule, Fault } from '../draft';

/** What every way to write a condition down is given. */
export interface RuleInputs {
  rule: DraftRule;
  options: SegmentOptions;
  /** What is wrong, as far as it is to be told. */
  fault: Fault | null;
  onChange: (part: Partial<DraftRule>) => void;
}
