import type { CrmObject } from './payloads';

/** A property that is not there is empty: HubSpot leaves none of those out that it was asked for. */
export const property = ({ properties }: CrmObject, name: string): string | null => properties[name] ?? null;

/** Properties that tell which records were merged into one: ids, of contacts in older accounts each with a time. */
export const MERGED = ['hs_merged_object_ids', 'hs_calculated_merged_vids'];

/** Ids of the records that were merged into this one. */
export function mergedInto(record: CrmObject): string[] {
  const ids = MERGED.flatMap((name) => (property(record, name) ?? '').split(';'));
  const bare = ids.map((each) => each.split(':')[0]!.trim());
  return [...new Set(bare)].filter((id) => id !== '' && id !== record.id);
}
