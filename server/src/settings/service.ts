import { type ClvConfig, fileConfigOf, replaceConfig } from '../config';
import { reasonOf } from '../jobs/errors';
import { seldom } from '../jobs/seldom';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import { every } from '../tracking/every';
import { answerOf } from './answer';
import type { FieldError, SettingPath, SettingsAnswer, SettingsDraft, SettingsPreview } from './api-types';
import { type InForce, inForce, isFixed, merged, type SavedValues } from './merge';
import { isSame } from './paths';
import { previewOf } from './preview';
import { change, readStored, type Stored } from './stored';

/** How long another node may take to see what was saved on this one. */
const LOOK_MS = 3_000;
/** Of all saved values together: they share one row. */
const LONGEST = 30_000;

export type SettingsService = ReturnType<typeof settingsService>;

/** What an administrator tried to save does not fit. */
export class Unfit extends Error {
  override name = 'Unfit';
  constructor(readonly errors: FieldError[]) {
    super(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
}

/** Settings that are saved in the database, and what they would change. */
export function settingsService({ strapi }: { strapi: Strapi }) {
  const file = () => fileConfigOf(strapi);
  let seen: Stored = { version: 0, values: {} };
  let force: InForce | null = null;
  let end = () => {};

  const report = seldom((error: unknown) =>
    strapi.log.error(`[clv] saved settings could not be read: ${reasonOf(error)}`),
  );

  function apply(stored: Stored): void {
    if (force && stored.version <= seen.version) return;
    const before = force;
    seen = stored;
    force = inForce(file(), stored.values);
    replaceConfig(strapi, force.config);
    // What is kept in memory of readers may be more than may be used of them now.
    if (before && !isSame(before.config.consent, force.config.consent)) tell(strapi, { forgotten: true });
    const known = new Set(before?.ignored.map(({ path }) => path));
    for (const { path, reason } of force.ignored) {
      if (known.has(path)) continue;
      strapi.log.warn(`[clv] the saved setting ${path} does not count, since it no longer fits: ${reason}`);
    }
  }

  async function load(): Promise<void> {
    apply(await readStored(knexOf(strapi)));
  }

  /** What is in force, once `load` was here. */
  function current(): InForce {
    if (!force) throw new Error('Settings are read before the plugin has booted.');
    return force;
  }

  /**
   * The configuration that a draft would make.
   *
   * @throws Unfit with what is wrong, by setting
   */
  function configWith(values: SettingsDraft): ClvConfig {
    const fixed = Object.keys(values).flatMap((name): FieldError[] => {
      const path = name as SettingPath;
      if (!isFixed(file(), path)) return [];
      return [{ path, code: 'fixed', message: 'is set in config/plugins, which wins; change it there.' }];
    });
    if (fixed.length > 0) throw new Unfit(fixed);
    const result = merged(file(), without(null, { ...current().saved, ...values }));
    if ('errors' in result) throw new Unfit(result.errors);
    return result.config;
  }

  return {
    /** Reads what was saved, and looks for news of other nodes from now on. */
    async open(): Promise<void> {
      await load();
      end = every(LOOK_MS, load, report);
    },
    close(): void {
      end();
    },

    /** Takes over at once what another process saved. */
    load,

    async read(): Promise<SettingsAnswer> {
      return answerOf(strapi, { ...current(), version: seen.version });
    },

    /**
     * Saves a draft, and has it count on this node before it returns.
     *
     * @param by who saves, such as `admin:3`
     * @returns false when somebody else saved meanwhile
     * @throws Unfit
     */
    async save(version: number, values: SettingsDraft, by: string): Promise<boolean> {
      configWith(values);
      const leftovers = Object.fromEntries(current().ignored.map(({ path }) => [path, null]));
      const all: SavedValues = { ...leftovers, ...values };
      if (JSON.stringify({ ...current().saved, ...values }).length > LONGEST) {
        const path = Object.keys(values)[0] as SettingPath;
        throw new Unfit([{ path, code: 'value', message: 'Together the settings are too long to be kept.' }]);
      }
      const stored = await change(knexOf(strapi), { version, by, at: Date.now(), values: all });
      await load();
      return stored !== null;
    },

    /** What a draft would change. @throws Unfit */
    preview(values: SettingsDraft, now = Date.now()): Promise<SettingsPreview> {
      const draft = configWith(values);
      return previewOf(knexOf(strapi), {
        now,
        current: current().config,
        draft,
        changed: Object.keys(values),
      });
    },
  };
}

const without = (unwanted: unknown, values: SettingsDraft): SavedValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== unwanted));
