import { z } from 'zod';
import { STAGES } from '../../../clv/customers/query';
import { text } from '../../../ranking/query';
import type { SegmentInput, SegmentRule, SegmentRules } from '../api-types';
import { rulesIn } from './reading';

/** Limits that no question of a marketer meets, and no statement suffers from. */
const MOST_RULES = 50;
const MOST_VALUES = 200;
/** Of all rules together: PostgreSQL takes 65,535 values with a statement, SQLite 32,766, and each rule names the persons too. */
const MOST_NAMED = 2_000;
/** Amounts and counts that fit into their columns, in every currency. */
const MOST_MONEY = 1e12;
const MOST_ORDERS = 1e9;
const MOST_DAYS = 36_500;

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1, 'is empty; name at least one').max(MOST_VALUES, `names more than ${MOST_VALUES}`);
const words = (longest: number) => listOf(text(longest).min(1, 'is empty'));
const days = z
  .number('is not a number of days')
  .int('is not a whole number of days')
  .min(0, 'is less than 0 days')
  .max(MOST_DAYS, `is more than ${MOST_DAYS} days`);
const number = z.number('is not a number');
const share = number.min(0, 'is less than 0').max(1, 'is more than 1');

/** A rule with two bounds: one of them at least, and the lower one first. */
function bounded<Field extends string, Low extends string, High extends string>(
  fields: [Field, ...Field[]],
  bound: z.ZodNumber,
  [low, high]: [Low, High],
  isOrdered: (low: number, high: number) => boolean,
) {
  const bounds = { [low]: bound.optional(), [high]: bound.optional() } as Record<
    Low | High,
    z.ZodOptional<z.ZodNumber>
  >;
  return z.strictObject({ field: z.enum(fields), ...bounds }).superRefine((rule, context) => {
    const given = rule as Record<string, unknown>;
    const [from, to] = [given[low], given[high]];
    if (from === undefined && to === undefined) {
      context.addIssue({ code: 'custom', message: `has neither "${low}" nor "${high}"; give one of them` });
    }
    if (typeof from === 'number' && typeof to === 'number' && !isOrdered(from, to)) {
      context.addIssue({
        code: 'custom',
        path: [high],
        message: `fits nobody together with "${low}" of ${from}`,
      });
    }
  });
}

const ascending = (low: number, high: number) => low <= high;
const range = <Field extends string>(fields: [Field, ...Field[]], bound: z.ZodNumber) =>
  bounded(fields, bound, ['min', 'max'], ascending);

const RULES = [
  z.strictObject({ field: z.literal('kind'), is: listOf(z.enum(['customer', 'prospect'])) }),
  z.strictObject({ field: z.literal('tier'), is: words(32) }),
  z.strictObject({ field: z.literal('stage'), is: listOf(z.enum(STAGES)) }),
  z.strictObject({
    field: z.enum(['channel', 'crmSegment', 'company', 'productLine']),
    is: words(128),
  }),
  range(
    ['predicted', 'total', 'historical', 'revenue'],
    number.min(-MOST_MONEY, `is less than -${MOST_MONEY}`).max(MOST_MONEY, `is more than ${MOST_MONEY}`),
  ),
  range(
    ['orders'],
    number
      .int('is not a whole number')
      .min(0, 'is less than 0')
      .max(MOST_ORDERS, `is more than ${MOST_ORDERS}`),
  ),
  range(['pAlive', 'buyProbability'], share),
  range(['nps'], number.min(0, 'is less than 0').max(10, 'is more than 10')),
  bounded(
    ['lastOrder', 'firstOrder', 'lastTouch'],
    days,
    ['atLeastDays', 'atMostDays'],
    (least, most) => least <= most,
  ),
  z.strictObject({
    field: z.literal('content'),
    did: z.boolean('is neither true nor false'),
    contents: words(280).optional(),
    kinds: words(64).optional(),
    topics: words(191).optional(),
    withinDays: days.min(1, 'is less than a day').optional(),
    atLeast: number
      .int('is not a whole number')
      .min(1, 'is less than 1')
      .max(1_000, 'is more than 1000')
      .optional(),
  }),
] as const;

const rule: z.ZodType<SegmentRule> = z.discriminatedUnion('field', RULES, {
  error: 'is not the field of a rule',
}) as z.ZodType<SegmentRule>;

const match = z.enum(['all', 'any'], 'is neither "all" nor "any"');

const group = z.strictObject({
  match,
  rules: z.array(rule).min(1, 'is empty; give the group a rule').max(MOST_RULES),
});

/** A rule or a group of them, judged as what it means to be, so that the fault is named and not only that there is one. */
const ruleOrGroup = z.unknown().transform((given, context) => {
  const isGroup = typeof given === 'object' && given !== null && 'match' in given;
  const parsed = (isGroup ? group : rule).safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', path: [...issue.path], message: issue.message });
  }
  return z.NEVER;
});

const namedBy = (rule: SegmentRule): string[] => {
  if (rule.field === 'content')
    return [rule.contents, rule.kinds, rule.topics].flatMap((names) => names ?? []);
  return 'is' in rule ? rule.is : [];
};

/** Conditions on persons; none at all fit everyone. */
export const segmentRules = z
  .strictObject({
    match,
    rules: z.array(ruleOrGroup).max(MOST_RULES, `has more than ${MOST_RULES} rules`),
  })
  .superRefine((given, context) => {
    const rules = rulesIn(given as SegmentRules);
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['rules'], message });
    if (rules.length > MOST_RULES) fault(`has more than ${MOST_RULES} rules with those in its groups`);
    if (rules.flatMap(namedBy).length > MOST_NAMED) fault(`names more than ${MOST_NAMED} in all`);
  }) as unknown as z.ZodType<SegmentRules>;

export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'is not 1 to 64 of a-z, 0-9 and -, such as "best-hotels"');

/** What `POST /clv/segments` and `PUT /clv/segments/:id` take. */
export const segmentInput = z.strictObject({
  name: text(128).min(1, 'is empty; give the segment a name'),
  slug: slug.optional(),
  description: z
    .string()
    .trim()
    .max(2_000)
    .regex(/^\P{Cc}*$|^[\P{Cc}\n\r\t]*$/u)
    .optional(),
  membership: z.enum(['live', 'static'], 'is neither "live" nor "static"'),
  rules: segmentRules,
  public: z.boolean(),
  toCrm: z.boolean(),
}) satisfies z.ZodType<SegmentInput>;

/** What `POST /clv/segments/count` takes. */
export const countInput = z.strictObject({ rules: segmentRules });
