import { startOfDayIn } from '../../clv/start-of-day';
import { COLUMNS } from '../../crm/csv/columns';
import { required } from '../../crm/csv/order-row';
import { parseTime } from '../../crm/csv/parse-time';
import { readRows } from '../read-rows';

export interface ContentFact {
  title: string;
  /** Epoch ms; null where the file does not say. */
  publishedAt: number | null;
}

/**
 * Reads the content items by their ids; one without a title has its id for it.
 *
 * @param timezone in which a bare date begins
 */
export async function readContents(file: string, timezone: string): Promise<Map<string, ContentFact>> {
  const startOfDay = startOfDayIn(timezone);
  const contentRow = (values: Record<string, string>) => ({
    contentId: required(values, 'content_id'),
    title: values.title || values.content_id!,
    publishedAt: values.published_at ? parseTime(values.published_at, 'published_at', startOfDay) : null,
  });
  const contents = new Map<string, ContentFact>();
  for await (const { contentId, ...fact } of readRows(file, COLUMNS.contents, contentRow)) {
    contents.set(contentId, fact);
  }
  return contents;
}
