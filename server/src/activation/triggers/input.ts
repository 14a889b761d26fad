import { z } from 'zod';
import type { TriggerKind, TriggerSettings } from './api-types';
import { KINDS } from './kinds';

const names = z.array(z.string().min(1).max(32)).max(20);
const days = z.number().int().min(0).max(365);

const settings = z.strictObject({
  tiers: names.optional(),
  threshold: z.number().gt(0).lt(1).optional(),
  daysBefore: days.optional(),
  contents: z.array(z.string().min(1).max(300)).max(200).optional(),
  kinds: z.array(z.string().min(1).max(64)).max(50).optional(),
  readerTiers: names.optional(),
});

/** Which settings a kind has; the others are left out, so that they change nothing. */
const SETTINGS_OF: Record<TriggerKind, (keyof TriggerSettings)[]> = {
  'tier-up': ['tiers'],
  'tier-down': ['tiers'],
  'churn-risk': ['threshold'],
  'next-order-due': ['daysBefore'],
  promising: ['threshold'],
  'content-read': ['contents', 'kinds', 'readerTiers'],
  'renewal-near': ['daysBefore'],
};

const ids = z.array(z.string().min(1).max(36)).max(50);

/** Messages are kept as long as a cool-down looks back. */
const LONGEST_COOLDOWN_HOURS = 366 * 24;

export const triggerInput = z
  .strictObject({
    name: z.string().trim().min(1, 'is empty').max(128),
    kind: z.enum(KINDS as [TriggerKind, ...TriggerKind[]]),
    settings,
    segmentId: z.string().max(36).nullable(),
    actions: z.strictObject({ endpoints: ids, connections: ids }),
    cooldownHours: z.number().int().min(0).max(LONGEST_COOLDOWN_HOURS),
    holdout: z.number().min(0).max(0.5),
    enabled: z.boolean(),
  })
  .transform((input) => ({ ...input, settings: settingsFor(input.kind, input.settings) }));

function settingsFor(kind: TriggerKind, given: TriggerSettings): TriggerSettings {
  const own = SETTINGS_OF[kind].flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
  return Object.fromEntries(own);
}

export const endpointInput = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(64),
  url: z.string().trim().max(512),
  enabled: z.boolean(),
});

export const logQuery = z.object({
  triggerId: z.string().max(36).optional(),
  /** `holdout`: those that nothing was sent of. */
  state: z.enum(['waiting', 'sent', 'dead', 'holdout']).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

export type LogQuery = z.output<typeof logQuery>;

export const deliveryChoice = z.union([
  z.strictObject({
    deliveries: z
      .array(z.strictObject({ messageId: z.string().max(36), destination: z.string().max(48) }))
      .min(1)
      .max(500),
  }),
  z.strictObject({ destination: z.string().max(48) }),
]);

export type DeliveryChoice = z.output<typeof deliveryChoice>;
