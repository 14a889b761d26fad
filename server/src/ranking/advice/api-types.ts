import type { Estimate } from '../../clv/api-types';
import type { Landmark, SnapshotHead, Verdict } from '../api-types';
import type { ContentName, JourneysRun } from '../journeys/api-types';

/**
 * Types that the admin shares with the server; types only. Amounts are major units. An excess is a difference of mean
 * log(1 + value), and every interval is of 95 %.
 */

/** A figure with its interval. */
export type Interval = Pick<Estimate, 'value'> & { low: number; high: number };

/** What the figures of one item say: the screen has a sentence for each code. */
export type ItemSentence =
  | { code: 'associated' | 'below-typical' | 'ordinary'; excess: Interval; readers: number }
  /** It looked strong until its readers were compared with people like them. */
  | { code: 'explained'; difference: Interval; adjusted: Interval; readers: number }
  /** Most readers had ordered before. */
  | { code: 'support'; already: number; readers: number }
  | { code: 'few-readers' | 'few-others'; n: number; needed: number }
  /** Nobody like its readers left it unread, or too few. */
  | { code: 'no-overlap' | 'little-overlap'; readers: number }
  /** Too few items can be compared for one to be typical: what is left are people alike. */
  | { code: 'no-typical'; n: number; needed: number; adjusted: Interval | null; readers: number }
  /** Everyone's value is the same, or nearly. */
  | { code: 'no-variance'; readers: number };

/** The section `advice` of one item: its sentence by landmark, and how its readers come in. */
export interface ItemAdvice {
  sentences: Record<string, ItemSentence>;
  trend: Trend | null;
}

/** What items have in common: a `kind`, a `topic`, or a group of the configuration, such as `author`. */
export interface GroupName {
  dimension: string;
  value: string;
}

/** A piece that stands for its group. */
export interface Piece {
  contentId: number;
  excess: Interval;
  readers: number;
  verdict: Verdict;
}

/** A group whose pieces go with more value than the typical piece. */
export interface Worthwhile extends GroupName {
  /** Pieces that have an excess, of how many. */
  comparable: number;
  pieces: number;
  /** Different people who read any of those. */
  readers: number;
  /** Mean excess of its pieces. */
  excess: Interval;
  qValue: number;
  /** The best first. */
  best: Piece[];
}

/** A group that people of high value read much of, while there is little of it. */
export interface Gap extends GroupName {
  pieces: number;
  /** Its share of all pieces, and of what people of high value read. */
  shareOfPieces: number;
  shareOfReading: Interval;
  /** The same of everyone else. */
  shareOfOthers: number | null;
  /** How much a piece of it was read by people of high value (geometric mean), as a multiple of the typical other piece. */
  multiple: Interval;
  qValue: number;
  /** People of high value who read any of it. */
  readers: number;
  /** The most read by them first. */
  contentIds: number[];
}

/** How a piece's new readers come in now, beside what they did before. */
export interface Trend {
  contentId: number;
  /** New readers in a month (30.4 days), of late and before. */
  before: number;
  recent: number;
  /** Of late over before, for this piece and for the typical piece of its age. */
  ratio: number;
  typicalRatio: number;
  /** The first over the second. */
  relative: Interval;
  qValue: number;
  /** Counted new readers, of late and before. */
  recentReaders: number;
  readersBefore: number;
  /** New readers in each period of four weeks, oldest first; the last ends where the data do. */
  periods: number[];
}

export interface AdviceReport {
  /** On which ranking it rests. */
  landmark: Landmark;
  value: SnapshotHead['value'];
  currency: string;
  fdr: number;
  /** Pieces that can be compared with what is typical, and how many that takes. */
  comparable: number;
  itemsNeeded: number;
  worthwhile: {
    /** Groups with enough pieces, of how many. */
    asked: number;
    groups: number;
    piecesNeeded: number;
    found: Worthwhile[];
  };
  gaps: {
    /** The best tier; null for the tenth that is worth most. */
    tier: string | null;
    /** People of high value who read something in these months, and how many are needed. */
    readers: number;
    needed: number;
    months: number;
    asked: number;
    found: Gap[];
  };
  trends: {
    /** Where the data end, epoch ms. */
    until: number;
    weeks: number;
    /** Pieces out long enough to have a before, and how many it takes for one to be typical. */
    pieces: number;
    needed: number;
    /** Associated pieces that were asked. */
    asked: number;
    fading: Trend[];
    rising: Trend[];
  };
}

/** `GET /clv/advice`: `run` is null before the first run, `report` also after one of an older version. */
export interface AdvicePage {
  run: JourneysRun | null;
  report: AdviceReport | null;
  /** The ranking's own checks say that it is not to be relied on. */
  failedChecks: boolean;
  /** Of all items that the report names. */
  contents: ContentName[];
}

/** `GET /clv/advice/item?contentId=`: `advice` is null when the latest run does not know the item. */
export interface ItemAdviceAnswer {
  run: JourneysRun | null;
  advice: ItemAdvice | null;
  currency: string;
  /** Landmarks whose ranking failed its own checks. */
  failedChecks: Landmark[];
}
