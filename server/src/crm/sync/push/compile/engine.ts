import type { Engine } from '../../../../clv/engine/engine';
import type { LiveService } from '../../../../clv/live/service';
import { configOf } from '../../../../config';
import type { Strapi } from '../../../../room';

/** By what persons are described now; null before the first run, and before the first one in a new currency. */
export async function engineToTell(strapi: Strapi): Promise<Engine | null> {
  const live: LiveService = strapi.plugin('clv').service('live');
  const engine = await live.engine();
  return engine?.currency === configOf(strapi).value.currency ? engine : null;
}
