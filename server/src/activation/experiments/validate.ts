import { z } from 'zod';
import { HOLDOUT } from '../models/experiments/arms';

const share = z.number().min(0, 'is below 0').max(0.5, 'is above 0.5');
const alpha = z.number().gt(0, 'is not above 0').max(0.5, 'is above 0.5');

const variant = z.strictObject({
  arm: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'is not 1 to 32 of a-z 0-9 -')
    .refine((arm) => arm !== HOLDOUT, 'is taken by those who are held out'),
  strategy: z.enum(['recommended', 'popular', 'newest', 'plain']),
  weight: z.number().gt(0, 'is not above 0').max(1_000_000),
});

const design = z
  .strictObject({
    holdout: share,
    variants: z
      .array(variant)
      .min(1, 'names no variant')
      .max(10, 'names more than 10 variants')
      .refine((list) => new Set(list.map(({ arm }) => arm)).size === list.length, 'names an arm twice'),
    segmentId: z.string().max(36).nullable(),
    horizon: z.enum(['fixed', 'sequential']),
    days: z.number().int().min(1).max(730).nullable(),
    alpha,
  })
  .refine(({ horizon, days }) => horizon !== 'fixed' || days !== null, {
    path: ['days'],
    message: 'is missing: a fixed horizon ends some days after the start',
  })
  .transform((plan) => (plan.horizon === 'sequential' ? { ...plan, days: null } : plan));

/** What `POST /clv/experiments` and `PUT /clv/experiments/:id` take. */
export const experimentBody = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(128),
  surface: z.string().max(64),
  design,
});

/** What `POST /clv/experiments/sample-size` takes. */
export const sampleSizeBody = z.strictObject({
  effect: z.number().gt(0, 'is not above 0').max(10),
  power: z.number().gt(0.5, 'is not above 0.5').lt(1, 'is not below 1').default(0.8),
  alpha: alpha.default(0.05),
  holdout: share.gt(0, 'is not above 0: without a holdout nothing is found'),
  horizon: z.enum(['fixed', 'sequential']),
  segmentId: z.string().max(36).nullable().default(null),
});
