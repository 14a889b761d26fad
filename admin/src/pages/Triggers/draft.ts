import type {
  Trigger,
  TriggerInput,
  TriggerKind,
  TriggerSettings,
} from '../../../../server/src/activation/triggers/api-types';
import type { MessageId } from '../../text';
import { typedNumber } from '../Segments/draft';
import { KINDS } from './kinds';

/** A trigger while it is written: figures as they were typed. */
export interface Draft {
  name: string;
  kind: TriggerKind | null;
  tiers: string[];
  /** Per cent. */
  threshold: string;
  daysBefore: string;
  contents: string[];
  kinds: string[];
  readerTiers: string[];
  segmentId: string | null;
  endpoints: string[];
  connections: string[];
  cooldownDays: string;
  /** Per cent. */
  holdout: string;
  enabled: boolean;
}

const HOLDOUT = 0.1;
const COOLDOWN_HOURS = 24 * 30;
const HOURS = 24;

const written = (value: number) => String(Number(value.toPrecision(12)));

/** A trigger as it can be changed; a new one with what most want. */
export function draftOf(trigger: Partial<Trigger>): Draft {
  const { kind = null, settings = {}, actions = { endpoints: [], connections: [] } } = trigger;
  const usual: Partial<(typeof KINDS)[TriggerKind]> = kind ? KINDS[kind] : {};
  return {
    name: trigger.name ?? '',
    kind,
    tiers: settings.tiers ?? [],
    threshold: written((settings.threshold ?? usual.threshold ?? 0) * 100),
    daysBefore: written(settings.daysBefore ?? usual.daysBefore ?? 0),
    contents: settings.contents ?? [],
    kinds: settings.kinds ?? [],
    readerTiers: settings.readerTiers ?? [],
    segmentId: trigger.segmentId ?? null,
    endpoints: actions.endpoints,
    connections: actions.connections,
    cooldownDays: written((trigger.cooldownHours ?? COOLDOWN_HOURS) / HOURS),
    holdout: written((trigger.holdout ?? HOLDOUT) * 100),
    enabled: trigger.enabled ?? true,
  };
}

/** The same draft of another kind, with what that kind usually is set to. */
export function ofKind(draft: Draft, kind: TriggerKind): Draft {
  const { threshold = 0, daysBefore = 0 } = KINDS[kind];
  return { ...draft, kind, threshold: written(threshold * 100), daysBefore: written(daysBefore) };
}

export type Wrong = Partial<
  Record<'name' | 'kind' | 'threshold' | 'daysBefore' | 'contents' | 'cooldownDays' | 'holdout', MessageId>
>;

const within = (typed: string, low: number, high: number) => {
  const value = typedNumber(typed);
  return value !== null && value >= low && value <= high;
};

/** Days before something: whole ones within a year. */
const isDays = (typed: string) => within(typed, 0, 365) && Number.isInteger(typedNumber(typed));

/** What is wrong with a draft, by field. */
export function wrongIn(draft: Draft): Wrong {
  const settings = draft.kind ? KINDS[draft.kind].settings : [];
  const has = (setting: (typeof settings)[number]) => settings.includes(setting);
  return {
    ...(!draft.kind && { kind: 'clv.triggers.wrong.kind' }),
    ...(draft.name.trim() === '' && { name: 'clv.segments.wrong.name' }),
    ...(has('threshold') && !within(draft.threshold, 1, 99) && { threshold: 'clv.triggers.wrong.threshold' }),
    ...(has('daysBefore') && !isDays(draft.daysBefore) && { daysBefore: 'clv.triggers.wrong.days' }),
    ...(has('content') &&
      draft.contents.length + draft.kinds.length === 0 && { contents: 'clv.triggers.wrong.content' }),
    ...(!within(draft.cooldownDays, 0, 366) && { cooldownDays: 'clv.triggers.wrong.cooldown' }),
    ...(!within(draft.holdout, 0, 50) && { holdout: 'clv.triggers.wrong.holdout' }),
  };
}

/** Only what the kind is about. */
function settingsOf(draft: Draft, kind: TriggerKind): TriggerSettings {
  const { tiers, contents, kinds, readerTiers } = draft;
  const { settings } = KINDS[kind];
  return {
    ...(settings.includes('tiers') && tiers.length > 0 && { tiers }),
    ...(settings.includes('threshold') && { threshold: (typedNumber(draft.threshold) ?? 0) / 100 }),
    ...(settings.includes('daysBefore') && { daysBefore: typedNumber(draft.daysBefore) ?? 0 }),
    ...(settings.includes('content') && contents.length > 0 && { contents }),
    ...(settings.includes('content') && kinds.length > 0 && { kinds }),
    ...(settings.includes('readerTiers') && readerTiers.length > 0 && { readerTiers }),
  };
}

/** As the server takes it; null while something of what it is about is wrong. */
export function inputOfDraft(draft: Draft): TriggerInput | null {
  const { name: _, ...wrong } = wrongIn(draft);
  const { kind } = draft;
  if (!kind || Object.keys(wrong).length > 0) return null;
  return {
    name: draft.name.trim(),
    kind,
    settings: settingsOf(draft, kind),
    segmentId: draft.segmentId,
    actions: { endpoints: draft.endpoints, connections: draft.connections },
    cooldownHours: Math.round((typedNumber(draft.cooldownDays) ?? 0) * HOURS),
    holdout: (typedNumber(draft.holdout) ?? 0) / 100,
    enabled: draft.enabled,
  };
}
