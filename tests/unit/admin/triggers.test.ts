import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../admin/src/format';
import { draftOf, inputOfDraft, ofKind, wrongIn } from '../../../admin/src/pages/Triggers/draft';
import { KIND_NAMES } from '../../../admin/src/pages/Triggers/kinds';
import { changeWords, destinationsOf, sentenceOf } from '../../../admin/src/pages/Triggers/words';
import type { Text } from '../../../admin/src/text';
import en from '../../../admin/src/translations/en.json';
import it from '../../../admin/src/translations/it.json';
import type { Trigger } from '../../../server/src/activation/triggers/api-types';
import { triggerInput } from '../../../server/src/activation/triggers/input';
import { someMessages, someTriggers } from '../../support/admin/triggers-fixture';

function wordsOf(locale: 'en' | 'it') {
  const intl = createIntl({ locale, messages: locale === 'en' ? en : it });
  const text: Text = (id, values) => intl.formatMessage({ id }, values);
  return { text, format: formats(locale) };
}

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s/g, ' ');
const said = (trigger: Pick<Trigger, 'kind' | 'settings' | 'segmentId'>, locale: 'en' | 'it') =>
  plain(sentenceOf(trigger, [{ id: 'best', name: 'Best' }], wordsOf(locale)));

describe('a trigger as a sentence', () => {
  test('says when, and of whom only', () => {
    const [leaving, up, read, due] = someTriggers();
    expect(said(leaving!, 'en')).toBe(
      'When the probability that a customer has left reaches 50%; only of “Best”',
    );
    expect(said(leaving!, 'it')).toBe(
      'Quando la probabilità che un cliente se ne sia andato raggiunge 50%; solo per “Best”',
    );
    expect(said(up!, 'it')).toBe('Quando qualcuno sale a Platino o Oro');
    expect(said(read!, 'en')).toBe(
      'When somebody of the best tier reads one named item or anything of the type White paper',
    );
    expect(said(due!, 'en')).toBe('3 days before a customer’s next order is expected');
  });

  test('of every kind, with what is meant when nothing is set', () => {
    for (const kind of KIND_NAMES) {
      const settings = kind === 'content-read' ? { kinds: ['article'] } : {};
      for (const locale of ['en', 'it'] as const)
        expect(said({ kind, settings, segmentId: null }, locale)).toMatch(/^(When|Quando|On|Nel|30)/);
    }
  });

  test('goes to Strapi always, and by name to the others', () => {
    const list = { endpoints: [], connections: [{ id: 'c', name: 'HubSpot', kind: 'hubspot' }] };
    const actions = { endpoints: ['gone'], connections: ['c'] };
    expect(destinationsOf({ actions }, list)).toEqual(['Strapi', 'gone', 'HubSpot']);
  });

  test('tells of each message what crossed', () => {
    const told = someMessages().map((message) => changeWords(message, wordsOf('en')));
    expect(told).toEqual([
      '53%',
      '53%',
      '53%',
      'Silver → Gold',
      'دليل صيانة المضخات',
      'May 2, 2026 → Nov 24, 2026',
    ]);
  });
});

describe('a trigger while it is written', () => {
  const begun = (kind: Trigger['kind'], changed: object = {}) => ({
    ...ofKind(draftOf({ name: 'A' }), kind),
    ...changed,
  });

  test('is what the server takes, of every kind', () => {
    for (const kind of KIND_NAMES) {
      const input = inputOfDraft(begun(kind, { kinds: ['article'] }));
      expect(triggerInput.safeParse(input).error).toBeUndefined();
    }
    expect(inputOfDraft(begun('promising'))).toMatchObject({ settings: { threshold: 0.3 }, holdout: 0.1 });
  });

  test('is the same after it was opened and saved', () => {
    for (const trigger of someTriggers()) {
      expect(inputOfDraft(draftOf(trigger))).toEqual(
        expect.objectContaining({ settings: trigger.settings, actions: trigger.actions, cooldownHours: 720 }),
      );
    }
  });

  test('keeps only the settings of its kind', () => {
    const draft = begun('churn-risk', { tiers: ['gold'], kinds: ['article'] });
    expect(inputOfDraft(draft)?.settings).toEqual({ threshold: 0.5 });
  });

  test('tells what is wrong, by field', () => {
    expect(Object.keys(wrongIn(draftOf({})))).toEqual(['kind', 'name']);
    expect(wrongIn(begun('churn-risk', { threshold: '0' }))).toEqual({
      threshold: 'clv.triggers.wrong.threshold',
    });
    expect(wrongIn(begun('renewal-near', { daysBefore: '' }))).toHaveProperty('daysBefore');
    expect(wrongIn(begun('content-read'))).toHaveProperty('contents');
    expect(wrongIn(begun('tier-up', { holdout: '51', cooldownDays: '400' }))).toEqual({
      holdout: 'clv.triggers.wrong.holdout',
      cooldownDays: 'clv.triggers.wrong.cooldown',
    });
    expect(inputOfDraft(begun('tier-up', { holdout: '51' }))).toBeNull();
  });
});
