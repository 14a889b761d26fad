import type { ClvConfig } from '../config';
import type { Strapi } from '../room';
import { readCounters } from '../storage/counters';
import { knexOf } from '../storage/db';
import type { TrackingStatus } from './api-types';
import type { ContentsService } from './contents/service';
import type { TrackedType } from './contents/tracked-types';
import { readLastTouch } from './last-touch';

const DEFAULT_COOKIE = 'clv_vid';

/** The tags that a page needs, with the key of the first tracked type as an example. */
function snippetOf(strapi: Strapi, config: ClvConfig, types: Iterable<TrackedType>): string {
  const prefix: string = strapi.config.get('api.rest.prefix', '/api');
  const source = `${strapi.config.get('server.absoluteUrl', '')}${prefix}/clv/tracker.js`;
  const { cookie } = config.tracking;
  const cookieName = cookie === DEFAULT_COOKIE ? '' : ` data-cookie="${cookie}"`;
  const [type] = types;
  const key = `${type?.uid ?? '<uid>'}/<documentId>${type && !type.localized ? '' : '/<locale>'}`;
  return `<meta name="clv:content" content="${key}">
<script defer src="${source}" data-consent="${config.consent.mode}"${cookieName}></script>`;
}

/** How tracking fares; what is counted but not written yet is included. */
export async function statusOf(options: {
  strapi: Strapi;
  config: ClvConfig;
  contents: ContentsService;
  pending: Record<string, number>;
  lastTouchAt: number;
}): Promise<TrackingStatus> {
  const { strapi, config, contents, pending, lastTouchAt } = options;
  const knex = knexOf(strapi);
  const counters = await readCounters(knex);
  for (const [name, count] of Object.entries(pending)) counters[name] = (counters[name] ?? 0) + count;

  return {
    enabled: config.tracking.enabled,
    consentMode: config.consent.mode,
    respectGpc: config.consent.respectGpc,
    respectDnt: config.consent.respectDnt,
    origins: config.tracking.origins ?? [],
    readHook: config.tracking.readHook,
    contentTypes: [...contents.types().values()].map(({ uid, kind, title, file }) => ({
      uid,
      kind,
      title,
      file,
      items: contents.count(uid),
    })),
    counters,
    lastTouchAt: lastTouchAt || (await readLastTouch(knex)),
    snippet: snippetOf(strapi, config, contents.types().values()),
  };
}
