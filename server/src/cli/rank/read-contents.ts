import { COLUMNS } from '../../crm/csv/columns';
import { required } from '../../crm/csv/order-row';
import { readRows } from '../read-rows';

/** Reads the title of each content item, by its id; an item without one has its id for a title. */
export async function readContents(file: string): Promise<Map<string, string>> {
  const contentRow = (values: Record<string, string>) => ({
    contentId: required(values, 'content_id'),
    title: values.title || values.content_id!,
  });
  const titles = new Map<string, string>();
  for await (const { contentId, title } of readRows(file, COLUMNS.contents, contentRow)) {
    titles.set(contentId, title);
  }
  return titles;
}
