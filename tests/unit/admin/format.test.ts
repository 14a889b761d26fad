import { describe, expect, test } from 'vitest';
import { formats, kindName } from '../../../admin/src/format';

/** Intl separates amount and sign with spaces that do not break. */
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('amounts', () => {
  const { money, signedMoney, shortMoney } = formats('en');

  test('carry their sign and currency as the language has it', () => {
    expect(signedMoney(412.4, 'EUR')).toBe('+€412');
    expect(signedMoney(-412.4, 'EUR')).toBe('−€412');
    expect(signedMoney(0, 'EUR')).toBe('€0.00');
    expect(plain(formats('it').signedMoney(-1412.5, 'EUR'))).toMatch(/^−1\.?413 €$/);
    expect(formats('ja').money(1412, 'JPY')).toMatch(/^.1,412$/);
  });

  test('have cents only where all amounts beside them are small', () => {
    expect(money(12.5, 'EUR')).toBe('€12.50');
    expect(money(12.5, 'EUR', 370)).toBe('€13');
    expect(money(99.99, 'EUR')).toBe('€99.99');
  });

  test('are short on an axis', () => {
    expect(shortMoney(-1500, 'EUR')).toBe('−€1.5K');
  });

  test('are a dash when they cannot be given', () => {
    expect(money(null, 'EUR')).toBe('–');
  });
});

test('probabilities show three decimals only where two say nothing', () => {
  const { probability } = formats('en');
  expect([null, 0, 0.0004, 0.0042, 0.042, 0.6].map(probability)).toEqual([
    '–',
    '<0.001',
    '<0.001',
    '0.004',
    '0.04',
    '0.60',
  ]);
});

test('what rounds to zero has no sign', () => {
  expect(formats('en').coefficient(-0.001)).toBe('0.00');
  expect(formats('en').signedMoney(-0.3, 'EUR', 400)).toBe('€0');
});

test('scores have as many decimals as the largest beside them', () => {
  const { score } = formats('en');
  expect([score(-46.24, 522), score(0.1234, 0.4), score(12.345), score(null)]).toEqual([
    '−46',
    '0.12',
    '12.3',
    '–',
  ]);
});

test('times are told in the unit that fits', () => {
  const { ago } = formats('en');
  const now = Date.parse('2026-05-01T12:00:00Z');
  const before = (seconds: number) => ago(now - seconds * 1000, now);
  expect([20, 120, 7200, 86_400, 10 * 86_400, 40 * 86_400].map(before)).toEqual([
    'this minute',
    '2 minutes ago',
    '2 hours ago',
    'yesterday',
    '10 days ago',
    'last month',
  ]);
});

test('a language that the browser does not know, or that is none, is written as English', () => {
  expect(formats('xx').integer(1204)).toBe('1,204');
  expect(formats('not a locale!').integer(1204)).toBe('1,204');
  expect(formats('en').languageName('it')).toBe('Italian');
  expect(formats('en').languageName('!')).toBe('!');
});

test('a kind reads as words', () => {
  expect(kindName('white-paper')).toBe('White paper');
});
