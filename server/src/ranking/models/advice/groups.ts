import type { GroupName } from '../../advice/api-types';

/** What items have in common, and which items these are, by number. */
export interface ContentGroup extends GroupName {
  items: number[];
}
