import { type ClvConfig, configSchema } from '../config';
import type { FieldError, SettingPath, Source } from './api-types';
import { isPath, PATHS } from './catalogue';
import { faultsTogether } from './fit';
import { valueAt, withValue } from './paths';

export type SavedValues = Partial<Record<SettingPath, unknown>>;
type File = Record<string, unknown>;

/** Whether config/plugins says it; then nothing that is saved counts. */
export const isFixed = (file: File, path: SettingPath): boolean => valueAt(file, path) !== undefined;

export function sourceOf(file: File, saved: SavedValues, path: SettingPath): Source {
  if (isFixed(file, path)) return 'file';
  return saved[path] === undefined ? 'default' : 'saved';
}

export type Merged = { config: ClvConfig } | { errors: FieldError[] };

/** Puts what was saved under what config/plugins says, or tells what of it does not fit. */
export function merged(file: File, saved: SavedValues): Merged {
  const used = PATHS.filter((path) => saved[path] !== undefined && !isFixed(file, path));
  let raw = file;
  for (const path of used) raw = withValue(raw, path, saved[path]);
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue): FieldError[] => {
      const path = issue.path.slice(0, 2).join('.');
      return isPath(path) ? [{ path, code: 'value', message: issue.message }] : [];
    });
    // One for each setting is enough: a list may have several wrong entries.
    return { errors: errors.filter(({ path }, i) => errors.findIndex((one) => one.path === path) === i) };
  }
  const errors = faultsTogether(parsed.data, new Set(used));
  return errors.length > 0 ? { errors } : { config: parsed.data };
}

export interface InForce {
  config: ClvConfig;
  /** What of the saved values counts. */
  saved: SavedValues;
  ignored: { path: SettingPath; reason: string }[];
}

/**
 * The configuration in force. A saved value that no longer fits, since config/plugins was changed or the plugin updated, is
 * left out with all that was saved of its section, so that the app boots all the same.
 */
export function inForce(file: File, saved: SavedValues): InForce {
  const ignored: InForce['ignored'] = [];
  let left = saved;
  for (;;) {
    const result = merged(file, left);
    if ('config' in result) return { config: result.config, saved: left, ignored };
    const wrong = new Map(result.errors.map(({ path, message }) => [sectionOf(path), message]));
    // Faults of config/plugins itself were found at the boot.
    if (wrong.size === 0) return { config: configSchema.parse(file), saved: {}, ignored };
    const kept: SavedValues = {};
    for (const path of PATHS) {
      if (left[path] === undefined) continue;
      const reason = wrong.get(sectionOf(path));
      if (reason === undefined) kept[path] = left[path];
      else ignored.push({ path, reason });
    }
    left = kept;
  }
}

const sectionOf = (path: string) => path.split('.')[0]!;
