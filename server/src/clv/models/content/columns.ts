import type { Signal } from '../../api-types';

/** What one column of the features says. */
export interface Column {
  /** Unique among the columns of one model. */
  key: string;
  /** The item, topic, type or channel that it is about; null where there is none. */
  name: string | null;
  group: Signal['group'];
  /** 1 for people who have it and 0 for all others; else an amount on a logarithmic scale. */
  binary: boolean;
  /**
   * How much more than an amount it is restrained: of many details, each is likely to say less than a topic does, and what
   * all of a topic's items share is better said of the topic.
   */
  restraint: number;
}

/** The restraint of details: single items, and what came first. */
export const DETAIL = 5;

export const DAY = 86_400_000;

/** ln(1 + days), which makes a week after a day as long as a year after two months. */
export const logDays = (milliseconds: number): number => Math.log1p(Math.max(0, milliseconds) / DAY);
