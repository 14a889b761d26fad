import type { SegmentField, SegmentRule } from '../../../../server/src/activation/segments/api-types';
import type { MessageId } from '../../text';

/** How a condition is written down: one of some words, figures between two bounds, or content. */
export type FieldForm = 'choice' | 'money' | 'count' | 'percent' | 'score' | 'days' | 'content';

export type FieldGroup = 'person' | 'value' | 'orders' | 'reading';

interface FieldInfo {
  name: MessageId;
  form: FieldForm;
  group: FieldGroup;
  /** Its part of a sentence; of content there are several. */
  clause: MessageId;
}

/** What a condition can be on, in the order in which it is offered. */
export const FIELDS: Record<SegmentField, FieldInfo> = {
  tier: {
    name: 'clv.segments.field.tier',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.tier',
  },
  stage: {
    name: 'clv.segments.field.stage',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.stage',
  },
  kind: {
    name: 'clv.segments.field.kind',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.kind',
  },
  channel: {
    name: 'clv.segments.field.channel',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.channel',
  },
  company: {
    name: 'clv.segments.field.company',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.company',
  },
  crmSegment: {
    name: 'clv.segments.field.crm-segment',
    form: 'choice',
    group: 'person',
    clause: 'clv.segments.clause.crm-segment',
  },
  nps: {
    name: 'clv.segments.field.nps',
    form: 'score',
    group: 'person',
    clause: 'clv.segments.clause.nps',
  },
  predicted: {
    name: 'clv.segments.field.predicted',
    form: 'money',
    group: 'value',
    clause: 'clv.segments.clause.predicted',
  },
  total: {
    name: 'clv.segments.field.total',
    form: 'money',
    group: 'value',
    clause: 'clv.segments.clause.total',
  },
  historical: {
    name: 'clv.segments.field.historical',
    form: 'money',
    group: 'value',
    clause: 'clv.segments.clause.historical',
  },
  revenue: {
    name: 'clv.segments.field.revenue',
    form: 'money',
    group: 'value',
    clause: 'clv.segments.clause.revenue',
  },
  pAlive: {
    name: 'clv.segments.field.alive',
    form: 'percent',
    group: 'value',
    clause: 'clv.segments.clause.alive',
  },
  buyProbability: {
    name: 'clv.segments.field.buys',
    form: 'percent',
    group: 'value',
    clause: 'clv.segments.clause.buys',
  },
  orders: {
    name: 'clv.segments.field.orders',
    form: 'count',
    group: 'orders',
    clause: 'clv.segments.clause.orders',
  },
  lastOrder: {
    name: 'clv.segments.field.last-order',
    form: 'days',
    group: 'orders',
    clause: 'clv.segments.clause.last-order',
  },
  firstOrder: {
    name: 'clv.segments.field.first-order',
    form: 'days',
    group: 'orders',
    clause: 'clv.segments.clause.first-order',
  },
  productLine: {
    name: 'clv.segments.field.product-line',
    form: 'choice',
    group: 'orders',
    clause: 'clv.segments.clause.product-line',
  },
  content: {
    name: 'clv.segments.field.content',
    form: 'content',
    group: 'reading',
    clause: 'clv.segments.clause.read',
  },
  lastTouch: {
    name: 'clv.segments.field.last-touch',
    form: 'days',
    group: 'reading',
    clause: 'clv.segments.clause.last-touch',
  },
};

export const FIELD_NAMES = Object.keys(FIELDS) as SegmentField[];

export const GROUP_NAME: Record<FieldGroup, MessageId> = {
  person: 'clv.segments.group.person',
  value: 'clv.segments.group.value',
  orders: 'clv.segments.group.orders',
  reading: 'clv.segments.group.reading',
};

export type DaysRule = Extract<SegmentRule, { field: 'lastOrder' | 'firstOrder' | 'lastTouch' }>;

/** Whether a condition is on how long ago something was. */
export const isOnDays = (rule: SegmentRule): rule is DaysRule => FIELDS[rule.field].form === 'days';
