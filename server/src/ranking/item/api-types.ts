import type { Figures, ItemDetail, Landmark, RankedItem, SnapshotHead, Verdict } from '../api-types';
import type { ItemAttribution } from '../attribution/api-types';
import type { ValueDistribution } from '../distribution/api-types';
import type { ContentName, ItemJourneys, JourneysReport } from '../journeys/api-types';
import type { EValue } from '../models/causal/e-value';
import type { KeptStudy } from '../study/api-types';

/** Types that the admin shares with the server; types only. */

/** An item in one part of the people. */
export interface ItemInSlice
  extends Pick<
    Figures,
    | 'exposed'
    | 'unexposed'
    | 'excess'
    | 'excessLow'
    | 'excessHigh'
    | 'adjustedDifference'
    | 'adjustedDifferenceLow'
    | 'adjustedDifferenceHigh'
  > {
  of: string;
  value: string;
  population: number;
  verdict: Verdict;
  /** False where there are too few comparable items for one to be typical. */
  typical: boolean;
}

/** An item in one run. */
export interface ItemInRun extends Pick<Figures, 'exposed' | 'excess' | 'excessLow' | 'excessHigh'> {
  jobId: string;
  createdAt: number;
  position: number;
  /** How many items were ranked. */
  items: number;
  verdict: Verdict;
}

/** `GET /clv/rankings/items/:contentId?landmark=`; what a run has nothing of is null or empty. */
export interface ItemPage {
  content: ContentName & { unpublishedAt: number | null; deletedAt: number | null };
  /** Those of the latest run that hold the item. */
  landmarks: Landmark[];
  /** Null when the item is not in the latest run, or not at that landmark. */
  ranked: { snapshot: SnapshotHead; item: RankedItem; detail: ItemDetail | null } | null;
  slices: ItemInSlice[];
  /** The runs that are kept, oldest first. */
  runs: ItemInRun[];
  distribution: ValueDistribution | null;
  attribution: ItemAttribution | null;
  journeys: {
    item: ItemJourneys;
    contents: ContentName[];
    report: Pick<JourneysReport, 'currency' | 'fewest' | 'needed'>;
  } | null;
  study: KeptStudy | null;
  /** How strong a hidden cause would have to be to explain the excess away; known after a study. */
  excessEValue: EValue | null;
  /** The study of this item under way, if there is one. */
  studying: string | null;
}

/** `GET /clv/rankings/compare?items=1,2,3&landmark=` */
export interface ComparePage {
  landmarks: Landmark[];
  snapshot: SnapshotHead | null;
  /** In the order that was asked for; those that the ranking does not hold are left out. */
  items: { item: RankedItem; detail: ItemDetail | null }[];
}
