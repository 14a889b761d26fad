import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../admin/src/format';
import {
  type Draft,
  draftOf,
  emptyGroup,
  emptyRule,
  faultOf,
  inputOf,
  isComplete,
  rulesOf,
  wrongIn,
} from '../../../admin/src/pages/Segments/draft';
import { contentsIn, sentenceOf, type Words } from '../../../admin/src/pages/Segments/sentence';
import { STARTERS } from '../../../admin/src/pages/Segments/starter-rules';
import type { Text } from '../../../admin/src/text';
import en from '../../../admin/src/translations/en.json';
import it from '../../../admin/src/translations/it.json';
import type { SegmentRule, SegmentRules } from '../../../server/src/activation/segments/api-types';
import { segmentInput, segmentRules } from '../../../server/src/activation/segments/rules/schema';
import { OPTIONS } from '../../support/admin/segments-fixture';

function wordsOf(locale: 'en' | 'it'): Words {
  const intl = createIntl({ locale, messages: locale === 'en' ? en : it });
  const text: Text = (id, values) => intl.formatMessage({ id }, values);
  return { text, format: formats(locale), currency: 'EUR', titleOf: (key) => `Title of ${key}` };
}

/** A sentence without the marks that keep names apart, and with plain spaces. */
const said = (rules: SegmentRules, locale: 'en' | 'it') =>
  sentenceOf(rules, wordsOf(locale))
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s/g, ' ');
const all = (...rules: SegmentRules['rules']): SegmentRules => ({ match: 'all', rules });
const any = (...rules: SegmentRules['rules']): SegmentRules => ({ match: 'any', rules });

describe('rules as a sentence', () => {
  const CASES: [SegmentRule, string, string][] = [
    [
      { field: 'tier', is: ['platinum', 'gold'] },
      'People whose tier is Platinum or Gold.',
      'Persone la cui fascia è Platino o Oro.',
    ],
    [
      { field: 'kind', is: ['prospect'] },
      'People who are prospects.',
      'Persone che sono potenziali clienti.',
    ],
    [
      { field: 'stage', is: ['at risk'] },
      'People whose stage is “At risk”.',
      'Persone la cui fase è “A rischio”.',
    ],
    [
      { field: 'channel', is: ['fair', 'search', 'mail'] },
      'People who came by “fair”, “search”, or “mail”.',
      'Persone arrivate tramite “fair”, “search” o “mail”.',
    ],
    [
      { field: 'predicted', min: 1500 },
      'People whose predicted CLV is at least €1,500.',
      'Persone il cui CLV previsto è almeno 1500 €.',
    ],
    [
      { field: 'pAlive', min: 0.2, max: 0.455 },
      'People whose probability of still being a customer is between 20% and 45.5%.',
      'Persone la cui probabilità di essere ancora clienti è tra 20% e 45,5%.',
    ],
    [
      { field: 'orders', max: 3 },
      'People whose number of orders is at most 3.',
      'Persone il cui numero di ordini è al massimo 3.',
    ],
    [
      { field: 'lastOrder', atLeastDays: 90 },
      'People whose last order was at least 90 days ago.',
      'Persone il cui ultimo ordine è stato almeno 90 giorni fa.',
    ],
    [
      { field: 'lastTouch', atMostDays: 1 },
      'People who last read at most 1 day ago.',
      'Persone la cui ultima lettura è stata al massimo 1 giorno fa.',
    ],
    [
      {
        field: 'content',
        did: true,
        contents: ['a'],
        kinds: ['white-paper'],
        topics: ['Pumps'],
        withinDays: 30,
      },
      'People who read “Title of a”, anything of the type White paper, or anything on “Pumps” in the last 30 days.',
      'Persone che hanno letto “Title of a”, qualsiasi contenuto di tipo White paper o qualsiasi contenuto su “Pumps” negli ultimi 30 giorni.',
    ],
    [
      { field: 'content', did: false, withinDays: 1 },
      'People who did not read anything in the last day.',
      'Persone che non hanno letto alcun contenuto nell’ultimo giorno.',
    ],
  ];

  test.for(CASES)('%j', ([rule, english, italian]) => {
    expect(said(all(rule), 'en')).toBe(english);
    expect(said(all(rule), 'it')).toBe(italian);
  });

  const TIER: SegmentRule = { field: 'tier', is: ['gold'] };
  const ORDERS: SegmentRule = { field: 'orders', min: 2 };
  const NPS: SegmentRule = { field: 'nps', min: 9, max: 10 };

  test('are joined as they count, a group in parentheses', () => {
    const grouped = all(TIER, any(ORDERS, NPS) as SegmentRules['rules'][number]);
    expect(said(grouped, 'en')).toBe(
      'People whose tier is Gold, and (whose number of orders is at least 2, or whose NPS answer is between 9 and 10).',
    );
    expect(said(grouped, 'it')).toBe(
      'Persone la cui fascia è Oro e (il cui numero di ordini è almeno 2 oppure la cui risposta NPS è tra 9 e 10).',
    );
    expect(said(all(any(ORDERS) as SegmentRules['rules'][number]), 'en')).not.toContain('(');
    expect(said(all(), 'en')).toBe('Everyone.');
  });

  test('names the items of all their conditions once', () => {
    const read = (contents: string[]): SegmentRule => ({ field: 'content', did: true, contents });
    const rules = all(read(['b', 'a']), any(read(['a', 'c'])) as SegmentRules['rules'][number], TIER);
    expect(contentsIn(rules)).toEqual(['a', 'b', 'c']);
  });
});

describe('a segment while it is written', () => {
  const RULES: SegmentRules = all(
    { field: 'tier', is: ['gold'] },
    { field: 'pAlive', min: 0.07, max: 0.29 },
    {
      match: 'any',
      rules: [
        { field: 'revenue', max: 99.95 },
        { field: 'firstOrder', atLeastDays: 10, atMostDays: 20 },
        { field: 'content', did: false, kinds: ['article'], withinDays: 7, atLeast: 2 },
      ],
    },
  );

  test('is the same after it was opened and saved', () => {
    expect(rulesOf(draftOf({ rules: RULES }))).toEqual(RULES);
  });

  test('leaves out what is not complete, and groups with nothing complete', () => {
    const draft: Draft = { ...draftOf({ name: 'A', rules: all(RULES.rules[0]!) }) };
    const group = { ...emptyGroup('all'), rules: [emptyRule('orders')] };
    const grown = { ...draft, entries: [...draft.entries, emptyRule('nps'), group] };
    expect(rulesOf(grown)).toEqual(all(RULES.rules[0]!));
    expect([isComplete(draft), isComplete(grown), isComplete(draftOf({}))]).toEqual([true, false, false]);
  });

  test.for([
    ['orders', { low: '1.5' }, 'low', 'clv.segments.wrong.whole'],
    ['pAlive', { high: '101' }, 'high', 'clv.segments.wrong.percent'],
    ['nps', { low: '11' }, 'low', 'clv.segments.wrong.score'],
    ['total', { low: 'much' }, 'low', 'clv.segments.wrong.number'],
    ['total', { low: '5', high: '4' }, 'high', 'clv.segments.wrong.order'],
    ['lastOrder', { low: '-1' }, 'low', 'clv.segments.wrong.whole'],
    ['content', { withinDays: '0' }, 'withinDays', 'clv.segments.wrong.days'],
    ['content', { kinds: ['article'], atLeast: 'x' }, 'atLeast', 'clv.segments.wrong.whole'],
  ] as const)('%s with %j is told to be wrong', ([field, typed, part, message]) => {
    expect(faultOf({ ...emptyRule(field), ...typed } as never)).toEqual({ part, message, missing: false });
  });

  test('takes decimals with a comma, and a bound alone', () => {
    const rule = { ...emptyRule('pAlive'), low: ' 12,5 ' };
    expect(faultOf(rule)).toBeNull();
    expect(rulesOf({ match: 'all', entries: [rule] }).rules).toEqual([{ field: 'pAlive', min: 0.125 }]);
    expect(faultOf(emptyRule('pAlive'))?.missing).toBe(true);
  });

  test('needs a name, and a short name only as programs can write it', () => {
    const draft = draftOf({ name: ' ' });
    expect(wrongIn({ ...draft, slug: 'Not this' })).toEqual({
      name: 'clv.segments.wrong.name',
      slug: 'clv.segments.wrong.slug',
    });
    expect(wrongIn({ ...draft, name: 'Best', slug: 'best-1' })).toEqual({});
    expect(inputOf({ ...draft, name: ' Best ' })).not.toHaveProperty('slug');
  });

  test('is what the server takes, as every starter is', () => {
    const saved = inputOf({ ...draftOf({ rules: RULES }), name: 'Best' });
    expect(segmentInput.safeParse(saved).error).toBeUndefined();
    for (const { rules } of STARTERS) {
      expect(segmentRules.safeParse(rules(OPTIONS)).error).toBeUndefined();
      expect(isComplete(draftOf({ rules: rules(OPTIONS) }))).toBe(true);
    }
  });
});
