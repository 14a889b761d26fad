import { minorDigits } from '../clv/convert';
import type { Engine } from '../clv/engine/engine';
import { CUTS, TIER_NAMES } from '../clv/kpis/tiers';
import type { LiveService } from '../clv/live/service';
import { configSchema, fileConfigOf } from '../config';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import type { Setting, SettingsAnswer, SettingsChange } from './api-types';
import { CATALOGUE, PATHS } from './catalogue';
import { type InForce, sourceOf } from './merge';
import { valueAt } from './paths';
import { readChanges } from './stored';

/** Everything that the settings page shows of what can be set. */
export async function answerOf(
  strapi: Strapi,
  { config, saved, ignored, version }: InForce & { version: number },
): Promise<SettingsAnswer> {
  const file = fileConfigOf(strapi);
  const defaults = configSchema.parse({});
  const live: LiveService = strapi.plugin('clv').service('live');
  return {
    version,
    settings: PATHS.map(
      (path): Setting => ({
        path,
        value: valueAt(config, path) ?? null,
        default: valueAt(defaults, path) ?? null,
        source: sourceOf(file, saved, path),
        ...CATALOGUE[path],
      }),
    ),
    ignored,
    changes: await changesOf(strapi),
    tiers: tiersOf(await live.engine()),
    tierDefaults: { names: TIER_NAMES, cuts: CUTS },
  };
}

/** The changes, with the names that administrators have today. */
async function changesOf(strapi: Strapi): Promise<SettingsChange[]> {
  const logged = await readChanges(knexOf(strapi));
  const ids = [...new Set(logged.map(({ by }) => Number(by.split(':')[1])))];
  const users: { id: number; firstname?: string; lastname?: string; username?: string }[] =
    ids.length === 0 ? [] : await strapi.db.query('admin::user').findMany({ where: { id: { $in: ids } } });
  const names = new Map(
    users.map(({ id, firstname, lastname, username }) => [
      `admin:${id}`,
      [firstname, lastname].filter(Boolean).join(' ') || username || null,
    ]),
  );
  return logged.map((change) => ({ ...change, by: names.get(change.by) ?? null }));
}

function tiersOf(engine: Engine | null): SettingsAnswer['tiers'] {
  if (!engine) return null;
  const { currency, tiers } = engine;
  const unit = 10 ** minorDigits(currency);
  return { currency, names: tiers.names, limits: tiers.limits.map((limit) => limit / unit) };
}
