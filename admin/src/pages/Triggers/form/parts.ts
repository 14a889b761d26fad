import type { TriggerList } from '../../../../../server/src/activation/triggers/api-types';
import type { Draft, Wrong } from '../draft';

/** What every part of the form is given. */
export interface FormPart {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  list: TriggerList;
  wrong: Wrong;
  /** What is missing is told only once somebody wanted to save. */
  tried: boolean;
}
