import type { ClvConfig } from '../config';

/** What the configuration lets content be grouped by: topics, and the groups that content types name. */
export function dimensionsOf({ contentTypes }: ClvConfig): string[] {
  const types = Object.values(contentTypes);
  const named = new Set(types.flatMap(({ groups }) => Object.keys(groups)));
  return [...(types.some(({ topic }) => topic !== undefined) ? ['topic'] : []), ...[...named].sort()];
}
