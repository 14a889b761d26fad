import type { PersonKind, Stage } from '../../../clv/api-types';
import type { StoredAssignment } from '../../experiments/types';
import type { Taste } from '../../models/recommend';
import type { ValueBand } from '../api-types';

/** What is kept in memory of somebody who may be served by it. */
export interface Profile {
  /** Canonical; null of a browser that is nobody's yet. */
  personId: string | null;
  tier: string | null;
  stage: Stage | null;
  kind: PersonKind | null;
  value: ValueBand | null;
  channel: string | null;
  read: Taste['read'];
  segmentIds: ReadonlySet<string>;
  /** Slugs of those that front ends may be told. */
  publicSegments: string[];
  assignments: StoredAssignment[];
}

/** Whom a question was about, and what may be used of them. */
export interface Loaded {
  personId: string | null;
  /** Null of those who did not consent, or denied it. */
  profile: Profile | null;
}
