import { api } from '../../../api';
import { useAllowed } from '../../../plugin';
import { useResource } from '../../../resource';

/** Kinds of content of which a download may become a note: those that the administrator may know of, and `chosen`. */
export function useContentKinds(chosen: readonly string[]): string[] {
  const allowed = useAllowed();
  const tracking = useResource(allowed.settings ? 'tracking' : null, api.trackingStatus, 60_000);
  const rankings = useResource(
    allowed.read && !allowed.settings ? 'crm kinds of content' : null,
    () => api.rankings({ page: 1, pageSize: 1 }),
    60_000,
  );
  const tracked = tracking.data?.contentTypes.map(({ kind }) => kind) ?? [];
  const ranked = rankings.data?.facets.kinds ?? [];
  return [...new Set([...tracked, ...ranked, ...chosen])].sort();
}
