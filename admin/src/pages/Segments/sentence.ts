import type { SegmentRule, SegmentRules } from '../../../../server/src/activation/segments/api-types';
import type { Stage } from '../../../../server/src/clv/api-types';
import { STAGE_NAME } from '../../components/stage-words';
import { tierName } from '../../components/tier-words';
import { type Formats, kindName } from '../../format';
import type { Text } from '../../text';
import { FIELDS, isOnDays } from './fields';

/** What sentences are made of. */
export interface Words {
  text: Text;
  format: Formats;
  currency: string;
  /** The title of an item by its key. */
  titleOf: (key: string) => string;
}

/** So large that cents do not show. */
const WHOLE = 100;

type Range = { low?: number; high?: number };
type ContentRule = Extract<SegmentRule, { field: 'content' }>;

/** Names that people gave stand apart from the sentence, also where they run the other way. */
const quoted = (name: string) => `“\u2068${name}\u2069”`;

const oneOf = (names: string[], { format }: Words) =>
  new Intl.ListFormat(format.language, { type: 'disjunction' }).format(names);

/** A value of a field with choices, as people call it. */
export function valueName(field: SegmentRule['field'], value: string, text: Text): string {
  if (field === 'tier') return tierName(value, text);
  if (field === 'stage') return value in STAGE_NAME ? text(STAGE_NAME[value as Stage]) : value;
  if (field === 'kind')
    return text(value === 'prospect' ? 'clv.segments.kind.prospect' : 'clv.segments.kind.customer');
  return value;
}

/** A value within a sentence: our own words as they are, names that people gave in quotes. */
function valueWords(field: SegmentRule['field'], value: string, text: Text): string {
  if (field === 'kind') return valueName(field, value, text).toLocaleLowerCase();
  const name = valueName(field, value, text);
  return field === 'tier' ? name : quoted(name);
}

/** "at least 3", "at most 5", "between 3 and 5". */
function rangeWords({ low, high }: Range, write: (value: number) => string, { text }: Words): string {
  if (low !== undefined && high !== undefined)
    return text('clv.segments.between', { low: write(low), high: write(high) });
  if (low !== undefined) return text('clv.segments.at-least', { low: write(low) });
  return text('clv.segments.at-most', { high: write(high ?? 0) });
}

/** "at least 90 days ago" */
function agoWords({ low, high }: Range, { text }: Words): string {
  if (low !== undefined && high !== undefined) return text('clv.segments.ago.between', { low, high });
  if (low !== undefined) return text('clv.segments.ago.at-least', { n: low });
  return text('clv.segments.ago.at-most', { n: high ?? 0 });
}

function contentWords(rule: ContentRule, words: Words): string {
  const { text } = words;
  const { did, contents = [], kinds = [], topics = [], withinDays, atLeast = 1 } = rule;
  const named = [
    ...contents.map((key) => quoted(words.titleOf(key))),
    ...kinds.map((kind) =>
      text(did ? 'clv.segments.of-kind' : 'clv.segments.not-of-kind', { kind: kindName(kind) }),
    ),
    ...topics.map((topic) =>
      text(did ? 'clv.segments.of-topic' : 'clv.segments.not-of-topic', { topic: quoted(topic) }),
    ),
  ];
  const what =
    named.length > 0
      ? oneOf(named, words)
      : text(did ? 'clv.segments.anything' : 'clv.segments.not-anything');
  const many = atLeast > 1;
  const read = many
    ? text(did ? 'clv.segments.clause.read-many' : 'clv.segments.clause.read-fewer', { n: atLeast, what })
    : text(did ? 'clv.segments.clause.read' : 'clv.segments.clause.not-read', { what });
  return withinDays === undefined
    ? read
    : text('clv.segments.clause.within', { clause: read, n: withinDays });
}

/** One condition as a part of a sentence, such as "whose tier is Platinum or Gold". */
export function clauseOf(rule: SegmentRule, words: Words): string {
  const { text, format, currency } = words;
  if (rule.field === 'content') return contentWords(rule, words);
  const { clause, form } = FIELDS[rule.field];
  if ('is' in rule) {
    const is = rule.is.map((value) => valueWords(rule.field, value, text));
    return text(clause, { is: oneOf(is, words) });
  }
  if (isOnDays(rule))
    return text(clause, { is: agoWords({ low: rule.atLeastDays, high: rule.atMostDays }, words) });
  const write = (value: number) =>
    form === 'money'
      ? format.money(value, currency, Number.isInteger(value) ? WHOLE : 0)
      : form === 'percent'
        ? format.percent(value)
        : format.tenths(value, 1);
  return text(clause, { is: rangeWords({ low: rule.min, high: rule.max }, write, words) });
}

/** Who is in a segment, in one sentence. A group within it stands in parentheses. */
export function sentenceOf(rules: SegmentRules, words: Words): string {
  const { text } = words;
  const joined = (parts: string[], match: SegmentRules['match']) =>
    parts.reduce((before, next) =>
      text(match === 'all' ? 'clv.segments.and' : 'clv.segments.or', { before, next }),
    );
  const parts = rules.rules.flatMap((entry) => {
    if ('field' in entry) return [clauseOf(entry, words)];
    if (entry.rules.length === 0) return [];
    const inner = joined(
      entry.rules.map((rule) => clauseOf(rule, words)),
      entry.match,
    );
    return [entry.rules.length > 1 && rules.rules.length > 1 ? `(${inner})` : inner];
  });
  if (parts.length === 0) return text('clv.segments.everyone');
  return text('clv.segments.sentence', { clauses: joined(parts, rules.match) });
}

/** Keys of the items that rules name, each once. */
export function contentsIn({ rules }: SegmentRules): string[] {
  const all = rules.flatMap((entry) => ('field' in entry ? [entry] : entry.rules));
  return [...new Set(all.flatMap((rule) => (rule.field === 'content' ? (rule.contents ?? []) : [])))].sort();
}
