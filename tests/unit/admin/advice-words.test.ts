import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { sentenceWords, trendWords } from '../../../admin/src/components/advice-words';
import { formats } from '../../../admin/src/format';
import type { Text } from '../../../admin/src/text';
import en from '../../../admin/src/translations/en.json';
import it from '../../../admin/src/translations/it.json';
import type { ItemSentence } from '../../../server/src/ranking/advice/api-types';
import { REPORT } from '../../support/admin/advice-fixture';

const excess = { value: Math.log(1.38), low: Math.log(1.21), high: Math.log(1.57) };
const below = { value: Math.log(0.8), low: Math.log(0.7), high: Math.log(0.92) };
const adjusted = { value: 3, low: -20, high: 26 };

/** A language's sentences, with every kind of space as a plain one. */
function speaker(locale: 'en' | 'it') {
  const intl = createIntl({ locale, messages: { en, it }[locale] });
  const text: Text = (id, values) => intl.formatMessage({ id }, values);
  const plain = (words: string) => words.replace(/\s/g, ' ');
  return {
    say: (sentence: ItemSentence) => plain(sentenceWords(sentence, 'EUR', text, formats(locale))),
    trend: () => plain(trendWords(REPORT.trends.fading[0]!, text, formats(locale))),
  };
}

const SENTENCES: [ItemSentence, string, string][] = [
  [
    { code: 'associated', excess, readers: 412 },
    'Readers are worth +38% compared with readers of a typical piece of like reach (95 %: +21% to +57%; 412 readers). Associated, not proof.',
    'I lettori valgono +38% rispetto a quelli di un contenuto tipico di pari diffusione (95 %: da +21% a +57%; 412 lettori). Associato, non dimostrato.',
  ],
  [
    { code: 'below-typical', excess: below, readers: 55 },
    'Readers are worth −20% compared with readers of a typical piece of like reach (95 %: −30% to −8%; 55 readers). Associated, not proof: somebody may need it all the same.',
    'I lettori valgono −20% rispetto a quelli di un contenuto tipico di pari diffusione (95 %: da −30% a −8%; 55 lettori). Associato, non dimostrato: a qualcuno può servire comunque.',
  ],
  [
    { code: 'explained', difference: { value: 80, low: 35, high: 125 }, adjusted, readers: 412 },
    'Looks strong (+€80.00 a reader), but its readers differ in more than this piece; set against people like them, nothing certain is left: +€3.00 (95 %: −€20.00 to €26.00; 412 readers).',
    'Sembra forte (+80,00 € a lettore), ma i suoi lettori differiscono per più di questo contenuto; rispetto a persone simili non resta nulla di certo: +3,00 € (95 %: da −20,00 € a 26,00 €; 412 lettori).',
  ],
  [
    { code: 'support', already: 355, readers: 500 },
    'Support: 71% of its readers had already ordered (355 of 500), so it is not judged by what they are worth.',
    'Assistenza: il 71% dei lettori aveva già ordinato (355 su 500), perciò non si giudica da quanto valgono.',
  ],
  [
    { code: 'few-readers', n: 12, needed: 30 },
    'Not enough data: 12 of 30 readers.',
    'Dati insufficienti: 12 di 30 lettori.',
  ],
  [
    { code: 'few-others', n: 4, needed: 30 },
    'Not enough data: nearly everyone read it, and 4 of 30 people did not.',
    'Dati insufficienti: quasi tutti l’hanno letto, e 4 delle 30 persone necessarie no.',
  ],
  [
    { code: 'no-overlap', readers: 90 },
    'No fair comparison: nobody who left it unread is like its 90 readers.',
    'Nessun confronto equo: tra chi non l’ha letto nessuno somiglia ai suoi 90 lettori.',
  ],
  [
    { code: 'little-overlap', readers: 90 },
    'No fair comparison: too few people who left it unread are like its 90 readers.',
    'Nessun confronto equo: tra chi non l’ha letto troppo pochi somigliano ai suoi 90 lettori.',
  ],
  [
    { code: 'no-typical', n: 12, needed: 15, adjusted: null, readers: 90 },
    'Not enough data: 12 of 15 comparable pieces, so none is typical.',
    'Dati insufficienti: 12 di 15 contenuti confrontabili, perciò nessuno è tipico.',
  ],
];

describe.each(['en', 'it'] as const)('the sentence on an item in %s', (locale) => {
  const { say, trend } = speaker(locale);

  test.each(SENTENCES.map((row) => [row[0].code, row] as const))('%s', (_, [sentence, english, italian]) => {
    expect(say(sentence)).toBe(locale === 'en' ? english : italian);
  });

  test('gives a figure, its interval and how many for what is like the typical piece, or cannot be held against it', () => {
    for (const sentence of [
      { code: 'ordinary', excess: { value: 0.01, low: -0.1, high: 0.12 }, readers: 77 },
      { code: 'no-typical', n: 12, needed: 15, adjusted, readers: 77 },
    ] satisfies ItemSentence[]) {
      const words = say(sentence);
      expect(words).toContain('77');
      expect(words).toContain('95 %');
    }
  });

  test('tells a trend with what it is held against', () => {
    const words = trend();
    for (const part of locale === 'en'
      ? ['31.4 → 9.1', '×0.36', '×0.24 to ×0.55']
      : ['31,4 → 9,1', '×0,36', 'da ×0,24 a ×0,55'])
      expect(words).toContain(part);
  });
});
