import type {
  Membership,
  Segment,
  SegmentField,
  SegmentInput,
  SegmentRule,
  SegmentRules,
} from '../../../../server/src/activation/segments/api-types';
import type { MessageId } from '../../text';
import { FIELDS, isOnDays } from './fields';

export type Match = SegmentRules['match'];

/** A condition while it is written: figures as they were typed. */
export interface DraftRule {
  id: number;
  field: SegmentField;
  /** Of choices. */
  is: string[];
  /** Of figures; per cent where shares are meant. */
  low: string;
  high: string;
  /** Of content. */
  did: boolean;
  contents: string[];
  kinds: string[];
  topics: string[];
  withinDays: string;
  atLeast: string;
}

export interface DraftGroup {
  id: number;
  match: Match;
  rules: DraftRule[];
}

export type DraftEntry = DraftRule | DraftGroup;

/** A segment while it is written. */
export interface Draft {
  name: string;
  slug: string;
  description: string;
  membership: Membership;
  public: boolean;
  toCrm: boolean;
  match: Match;
  entries: DraftEntry[];
}

export const isGroup = (entry: DraftEntry): entry is DraftGroup => 'rules' in entry;

let made = 0;
const nextId = () => ++made;

/** A condition with nothing said yet. */
export const emptyRule = (field: SegmentField): DraftRule => ({
  id: nextId(),
  field,
  is: [],
  low: '',
  high: '',
  did: true,
  contents: [],
  kinds: [],
  topics: [],
  withinDays: '',
  atLeast: '',
});

/** A group that asks for any of its conditions, where the whole asks for all, and the other way round. */
export const emptyGroup = (outer: Match): DraftGroup => ({
  id: nextId(),
  match: outer === 'all' ? 'any' : 'all',
  rules: [],
});

const written = (value: number | undefined, factor = 1) =>
  value === undefined ? '' : String(Number((value * factor).toPrecision(12)));

function draftRule(rule: SegmentRule): DraftRule {
  const empty = emptyRule(rule.field);
  if ('is' in rule) return { ...empty, is: [...rule.is] };
  if (rule.field === 'content') {
    const { did, contents = [], kinds = [], topics = [], withinDays, atLeast } = rule;
    return {
      ...empty,
      did,
      contents,
      kinds,
      topics,
      withinDays: written(withinDays),
      atLeast: written(atLeast),
    };
  }
  if (isOnDays(rule)) return { ...empty, low: written(rule.atLeastDays), high: written(rule.atMostDays) };
  const factor = FIELDS[rule.field].form === 'percent' ? 100 : 1;
  return { ...empty, low: written(rule.min, factor), high: written(rule.max, factor) };
}

/** Rules as they can be changed. */
export const draftEntries = ({ rules }: SegmentRules): DraftEntry[] =>
  rules.map((entry) =>
    'field' in entry
      ? draftRule(entry)
      : { id: nextId(), match: entry.match, rules: entry.rules.map(draftRule) },
  );

/** A segment as it can be changed; a new one from the rules that a starter brings. */
export const draftOf = (segment: Partial<Segment>): Draft => ({
  name: segment.name ?? '',
  slug: segment.slug ?? '',
  description: segment.description ?? '',
  membership: segment.membership ?? 'live',
  public: segment.public ?? false,
  toCrm: segment.toCrm ?? false,
  match: segment.rules?.match ?? 'all',
  entries: segment.rules ? draftEntries(segment.rules) : [],
});

/** What was typed, with a comma or a point; null for nothing, NaN for what is no number. */
export function typedNumber(typed: string): number | null {
  const plain = typed.trim().replace(',', '.');
  return plain === '' ? null : Number(plain);
}

export type Part = 'is' | 'low' | 'high' | 'withinDays' | 'atLeast';

export interface Fault {
  part: Part;
  message: MessageId;
  /** Nothing was said yet: no reason to complain before somebody wants to save. */
  missing: boolean;
}

const wholeAbove = (typed: string, least: number) => {
  const value = typedNumber(typed);
  return value === null || (Number.isInteger(value) && value >= least);
};

/** What is wrong with a condition; null when nothing is. */
export function faultOf(rule: DraftRule): Fault | null {
  const { form } = FIELDS[rule.field];
  const missing = (part: Part, message: MessageId): Fault => ({ part, message, missing: true });
  const wrong = (part: Part, message: MessageId): Fault => ({ part, message, missing: false });
  if (form === 'choice') return rule.is.length > 0 ? null : missing('is', 'clv.segments.wrong.choose');
  if (form === 'content') {
    if (!wholeAbove(rule.withinDays, 1)) return wrong('withinDays', 'clv.segments.wrong.days');
    if (!wholeAbove(rule.atLeast, 1)) return wrong('atLeast', 'clv.segments.wrong.whole');
    const what = [...rule.contents, ...rule.kinds, ...rule.topics];
    // "Anything" is an answer too, once it says since when or how much.
    const said = what.length > 0 || rule.withinDays.trim() !== '' || rule.atLeast.trim() !== '';
    return said ? null : missing('is', 'clv.segments.wrong.content');
  }
  for (const part of ['low', 'high'] as const) {
    const value = typedNumber(rule[part]);
    if (value === null) continue;
    if (!Number.isFinite(value)) return wrong(part, 'clv.segments.wrong.number');
    if (form === 'percent' && (value < 0 || value > 100)) return wrong(part, 'clv.segments.wrong.percent');
    if (form === 'score' && (value < 0 || value > 10)) return wrong(part, 'clv.segments.wrong.score');
    if ((form === 'days' || form === 'count') && !wholeAbove(rule[part], 0))
      return wrong(part, 'clv.segments.wrong.whole');
  }
  const [low, high] = [typedNumber(rule.low), typedNumber(rule.high)];
  if (low === null && high === null) return missing('low', 'clv.segments.wrong.bound');
  if (low !== null && high !== null && low > high) return wrong('high', 'clv.segments.wrong.order');
  return null;
}

function ruleOf(rule: DraftRule): SegmentRule {
  const { field } = rule;
  const { form } = FIELDS[field];
  const number = (typed: string) => typedNumber(typed) ?? undefined;
  const told = (bounds: Record<string, number | undefined>) =>
    Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
  if (form === 'choice') return { field, is: rule.is } as SegmentRule;
  if (form === 'content') {
    const { did, contents, kinds, topics } = rule;
    return {
      field: 'content',
      did,
      ...(contents.length > 0 && { contents }),
      ...(kinds.length > 0 && { kinds }),
      ...(topics.length > 0 && { topics }),
      ...told({ withinDays: number(rule.withinDays), atLeast: number(rule.atLeast) }),
    };
  }
  const divisor = form === 'percent' ? 100 : 1;
  const [low, high] = [rule.low, rule.high].map((typed) => {
    const value = number(typed);
    return value === undefined ? undefined : value / divisor;
  });
  const bounds = form === 'days' ? { atLeastDays: low, atMostDays: high } : { min: low, max: high };
  return { field, ...told(bounds) } as SegmentRule;
}

/** The rules that are complete: those that are not yet are left out, as if they were not there. */
export function rulesOf({ match, entries }: Pick<Draft, 'match' | 'entries'>): SegmentRules {
  const complete = (rules: DraftRule[]) => rules.filter((rule) => faultOf(rule) === null).map(ruleOf);
  const rules = entries.flatMap((entry): SegmentRules['rules'] => {
    if (!isGroup(entry)) return complete([entry]);
    const inner = complete(entry.rules);
    return inner.length > 0 ? [{ match: entry.match, rules: inner }] : [];
  });
  return { match, rules };
}

/** Whether a condition, or a group without any, keeps the segment from being saved. */
export const isComplete = ({ entries }: Pick<Draft, 'entries'>): boolean =>
  entries.length > 0 &&
  entries.every((entry) =>
    isGroup(entry)
      ? entry.rules.length > 0 && entry.rules.every((rule) => faultOf(rule) === null)
      : faultOf(entry) === null,
  );

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** What is wrong with the words of a segment, by field. */
export function wrongIn({ name, slug }: Draft): Partial<Record<'name' | 'slug', MessageId>> {
  return {
    ...(name.trim() === '' && { name: 'clv.segments.wrong.name' }),
    ...(slug !== '' && !SLUG.test(slug) && { slug: 'clv.segments.wrong.slug' }),
  };
}

/** As the server takes it. */
export const inputOf = (draft: Draft): SegmentInput => ({
  name: draft.name.trim(),
  ...(draft.slug !== '' && { slug: draft.slug }),
  description: draft.description.trim(),
  membership: draft.membership,
  rules: rulesOf(draft),
  public: draft.public,
  toCrm: draft.toCrm,
});
