import { z } from 'zod';
import { type Mapping, STREAMS } from '../../connector';
import { INSIGHT_FIELDS, type InsightField } from '../../insight-fields';
import type { PushSettings, StreamName } from '../api-types';

const optionsSchema = z.record(z.string(), z.unknown(), 'is not an object of options');
const mappingSchema: z.ZodType<Mapping> = z.partialRecord(
  z.enum(STREAMS),
  z.record(z.string(), z.string().max(191).nullable()),
);
const pushSchema: z.ZodType<PushSettings> = z.strictObject({
  enabled: z.boolean(),
  fields: z.array(z.enum(INSIGHT_FIELDS.map(({ name }) => name) as [InsightField, ...InsightField[]])),
  noteKinds: z.array(z.string().min(1).max(64)).max(50),
});

/** A year; what is rarer than that is none. */
const MOST_MINUTES = 366 * 24 * 60;
const STREAM_NAMES: readonly StreamName[] = [...STREAMS, 'push'];
const everyMinutesSchema: z.ZodType<Partial<Record<StreamName, number | null>>> = z.partialRecord(
  z.enum(STREAM_NAMES),
  z.number().int().min(1, 'is less than a minute').max(MOST_MINUTES, 'is more than a year').nullable(),
);

export const streamName = z.enum(STREAM_NAMES);

const fields = {
  name: z.string().trim().min(1, 'is empty; give the connection a name').max(64),
  idPrefix: z
    .string()
    .regex(/^[A-Za-z0-9:_.-]{0,32}$/, 'is not up to 32 of A-Z, a-z, 0-9 and : _ . -, such as "hubspot:"'),
  options: optionsSchema,
  mapping: mappingSchema,
  push: pushSchema,
  everyMinutes: everyMinutesSchema,
  enabled: z.boolean().optional(),
};

export const connectionInput = z.strictObject({ kind: z.string(), ...fields });
export type NewConnection = z.output<typeof connectionInput>;

/** Any part of it but the kind. */
export const connectionChange = z.strictObject(fields).partial();
export type ConnectionChange = z.output<typeof connectionChange>;

export const checkInput = z.strictObject({
  kind: z.string(),
  options: optionsSchema,
  connectionId: z.string().optional(),
});
export type CheckInput = z.output<typeof checkInput>;
