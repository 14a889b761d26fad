import { useCallback, useEffect, useMemo, useState } from 'react';
import type {
  FieldError,
  Setting,
  SettingPath,
  SettingsAnswer,
  SettingsDraft,
  SettingsPreview,
} from '../../../../server/src/settings/api-types';
import { type FieldKind, sentOf, type Typed, typedOf } from './fields';
import { FIELDS } from './sections';
import { fieldErrors, settingsApi } from './settings-api';

/** After so long without a key stroke the server is asked what it would change. */
const PAUSE_MS = 400;

/** What was typed, by setting; null takes a saved value back. */
type Changes = Partial<Record<SettingPath, Typed | null>>;

export interface Draft {
  values: SettingsDraft;
  count: number;
  setting(path: SettingPath): Setting;
  /** What stands in the field. */
  typed(path: SettingPath): Typed;
  /** The value that counts once it is saved; what is no value stays what was typed. */
  value(path: SettingPath): unknown;
  kind(path: SettingPath): FieldKind;
  isChanged(path: SettingPath): boolean;
  isReset(path: SettingPath): boolean;
  change(changes: Changes): void;
  discard(): void;
  error(path: SettingPath): FieldError | undefined;
  /** Of what is typed now; null while it is not known. */
  preview: SettingsPreview | null;
  failure: unknown;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What an administrator has changed and not saved yet, and what the server says to that. */
export function useDraft(answer: SettingsAnswer): Draft {
  const [changes, setChanges] = useState<Changes>({});
  const byPath = useMemo(() => new Map(answer.settings.map((one) => [one.path, one])), [answer]);

  const draft = useMemo(() => {
    const setting = (path: SettingPath) => byPath.get(path)!;
    const value = (path: SettingPath): unknown => {
      const typed = changes[path];
      if (typed === undefined) return setting(path).value;
      return typed === null ? setting(path).default : sentOf(path, kind(path), typed);
    };
    const kind = (path: SettingPath): FieldKind =>
      path === 'tiers.cuts' && value('tiers.rule') === 'bands' ? 'limits' : FIELDS[path].kind;
    const paths = (Object.keys(changes) as SettingPath[]).filter((path) => {
      const { source, value: before } = setting(path);
      if (source === 'file') return false;
      if (changes[path] === null) return source === 'saved';
      return !same(value(path), before);
    });
    const values: SettingsDraft = Object.fromEntries(
      paths.map((path) => [path, changes[path] === null ? null : value(path)]),
    );
    return { setting, value, kind, values, paths: new Set(paths) };
  }, [byPath, changes]);

  const told = useTold(draft.values, answer.version);
  return {
    values: draft.values,
    count: draft.paths.size,
    setting: draft.setting,
    value: draft.value,
    kind: draft.kind,
    typed: (path) => {
      const typed = changes[path];
      return typed ?? typedOf(draft.kind(path), draft.value(path));
    },
    isChanged: (path) => draft.paths.has(path),
    isReset: (path) => draft.paths.has(path) && changes[path] === null,
    change: useCallback((more) => setChanges((before) => ({ ...before, ...more })), []),
    discard: useCallback(() => setChanges({}), []),
    error: (path) => told.errors.find((one) => one.path === path),
    preview: told.preview,
    failure: told.failure,
  };
}

interface Told {
  errors: FieldError[];
  preview: SettingsPreview | null;
  failure: unknown;
}
const NOTHING: Told = { errors: [], preview: null, failure: null };

/** Asks what a draft would change, a moment after the last key stroke. */
function useTold(values: SettingsDraft, version: number): Told {
  const [told, setTold] = useState(NOTHING);
  const key = JSON.stringify([version, values]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds the values
  useEffect(() => {
    if (Object.keys(values).length === 0) {
      setTold(NOTHING);
      return;
    }
    let gone = false;
    const timer = window.setTimeout(async () => {
      try {
        const preview = await settingsApi.preview(values);
        if (!gone) setTold({ errors: [], preview, failure: null });
      } catch (error) {
        const errors = fieldErrors(error);
        if (!gone) setTold({ errors: errors ?? [], preview: null, failure: errors ? null : error });
      }
    }, PAUSE_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [key]);
  return told;
}
