import type { MonthGrid } from '../kpis/month-grid';
import { addTo, noSums, type Sums } from '../kpis/sums';
import type { PersonTouch } from '../people/touches';

/** Places in the sums over readers. */
export const READING = { pairs: 0, engaged: 1 } as const;

/** Seconds in focus from which an item counts as read; less is a glance. */
const READ_SECONDS = 30;

/** Pairs of a person and an item that they opened, and those of them that were read for a while or downloaded. */
export class ReadingCount {
  /** Over people who read. */
  readonly sums: Sums = noSums(2);
  /** By the month in which the item was opened first. */
  readonly months: { pairs: number; engaged: number }[];

  constructor(private readonly grid: MonthGrid) {
    this.months = grid.names.map(() => ({ pairs: 0, engaged: 0 }));
  }

  /** Adds one person, the touches in the order of time. */
  add(touches: Pick<PersonTouch, 'contentId' | 'at' | 'kind' | 'seconds'>[]): void {
    if (touches.length === 0) return;
    const items = new Map<number, { month: number; seconds: number; downloaded: boolean }>();
    for (const { contentId, at, kind, seconds } of touches) {
      let item = items.get(contentId);
      if (!item) {
        item = { month: this.grid.indexOf(at), seconds: 0, downloaded: false };
        items.set(contentId, item);
      }
      item.seconds += seconds;
      if (kind === 'download') item.downloaded = true;
    }
    let engaged = 0;
    for (const item of items.values()) {
      const month = this.months[item.month]!;
      month.pairs += 1;
      if (!item.downloaded && item.seconds < READ_SECONDS) continue;
      month.engaged += 1;
      engaged += 1;
    }
    addTo(this.sums, [items.size, engaged]);
  }
}
