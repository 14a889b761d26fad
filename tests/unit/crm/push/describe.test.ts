import { describe, expect, test } from 'vitest';
import { mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import { medianNextOrder, nextOrder } from '../../../../server/src/clv/models/next-order';
import type { PersonValueRow } from '../../../../server/src/clv/runs/person-rows';
import { fieldsFor, INSIGHT_FIELDS } from '../../../../server/src/crm/insight-fields';
import { allowedBy } from '../../../../server/src/crm/sync/push/describe/consent';
import { hashOf, NOTHING, payloadOf, valuesIn } from '../../../../server/src/crm/sync/push/describe/payload';
import {
  attentionBefore,
  distributionOf,
  readingOf,
  scoreOf,
} from '../../../../server/src/crm/sync/push/describe/reading';
import { valuesTold } from '../../../../server/src/crm/sync/push/describe/values';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);

describe('what consent allows', () => {
  const rules = (crm: 'not-denied' | 'given', mode: 'required' | 'assumed') => ({
    crm: { consent: crm },
    consent: { mode, respectGpc: true, respectDnt: true },
  });

  test.each([
    ['denied', 'not-denied', 'assumed', false, false],
    ['denied', 'given', 'required', false, false],
    ['unknown', 'not-denied', 'required', true, false],
    ['unknown', 'not-denied', 'assumed', true, true],
    ['unknown', 'given', 'assumed', false, false],
    ['granted', 'given', 'required', true, true],
    ['granted', 'not-denied', 'required', true, true],
  ] as const)('%s, with crm.consent %s and consent.mode %s', (said, crm, mode, value, reading) => {
    expect(allowedBy(said, rules(crm, mode))).toEqual({ value, reading });
  });
});

describe('what somebody read', () => {
  const touch = (contentId: number, daysAgo: number, kind: 'view' | 'read' | 'download', seconds = 0) => ({
    contentId,
    at: NOW - daysAgo * DAY,
    kind,
    seconds,
  });

  test('a download stands for five minutes, a view that nobody measured for a quarter of one', () => {
    expect(attentionBefore([touch(1, 1, 'read', 40)], NOW)).toBe(40);
    expect(attentionBefore([touch(1, 1, 'download')], NOW)).toBe(300);
    expect(attentionBefore([touch(1, 1, 'view')], NOW)).toBe(15);
  });

  test('the score looks at 90 days, the items at all', () => {
    const touches = [touch(1, 91, 'read', 500), touch(2, 89, 'read', 40), touch(3, 1, 'view')];
    expect(readingOf(touches, NOW)).toEqual({
      firstAt: NOW - 91 * DAY,
      lastAt: NOW - DAY,
      last: 3,
      top: 1,
      attention: 55,
    });
  });

  test('of two that were read as long, the one read later is on top', () => {
    expect(readingOf([touch(2, 1, 'read', 30), touch(1, 5, 'read', 30)], NOW).top).toBe(2);
  });

  test('nothing read is nothing to tell', () => {
    expect(readingOf([], NOW)).toEqual({ firstAt: null, lastAt: null, last: null, top: null, attention: 0 });
  });

  test('the score is the place among those who read', () => {
    const readers = distributionOf(Float64Array.from({ length: 201 }, (_, i) => 10 * (i + 1)));
    expect(readers.readers).toBe(201);
    expect(scoreOf(0, readers)).toBe(0);
    expect(scoreOf(1, readers)).toBe(1);
    expect(scoreOf(1010, readers)).toBe(50);
    expect(scoreOf(99_999, readers)).toBe(100);
    const scores = Array.from({ length: 300 }, (_, i) => scoreOf(8 * i, readers)!);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  });

  test('where all read alike, everybody is in the middle; among few, nobody has a place', () => {
    expect(scoreOf(60, distributionOf(new Float64Array(50).fill(60)))).toBe(50);
    expect(scoreOf(60, distributionOf(new Float64Array(19).fill(60)))).toBeNull();
    expect(scoreOf(60, distributionOf(new Float64Array(0)))).toBeNull();
  });
});

describe('values as they are told', () => {
  const row: PersonValueRow = {
    personId: 'p',
    kind: 'customer',
    orders: 3,
    firstOrderAt: NOW - 90 * DAY,
    lastOrderAt: NOW - DAY,
    firstTouchAt: null,
    lastTouchAt: null,
    channel: null,
    segment: null,
    revenue: 40_000,
    historical: 30_000,
    pAlive: 0.87654,
    buyProbability: null,
    expectedOrders: 2,
    predicted: 12_345,
    total: 42_345,
    tier: 'gold',
    previousTier: null,
    stage: 'active',
    updatedAt: NOW,
  };
  const nothingRead = readingOf([], NOW);
  const segments = 'Best hotels; Long quiet';
  const rules = {
    currency: 'EUR',
    timezone: 'Europe/Rome',
    distribution: distributionOf(new Float64Array(50).fill(60)),
    titles: new Map([['7', 'Leasing or buying']]),
  };

  test('money to three figures, chances to the per cent, times to the day in the report’s time zone', () => {
    const at = Date.UTC(2026, 5, 10, 23, 30);
    const reading = { firstAt: at, lastAt: at, last: 7, top: 8, attention: 60 };
    expect(valuesTold(rules)({ row, nextOrderDay: 20_640, reading, segments })).toEqual({
      predicted: 123,
      total: 423,
      p_alive: 0.88,
      churn_risk: 0.12,
      tier: 'gold',
      stage: 'active',
      segments,
      next_order_at: 20_640 * DAY,
      reading_score: 50,
      last_content: 'Leasing or buying',
      top_content: null,
      first_content_at: Date.UTC(2026, 5, 11),
      last_content_at: Date.UTC(2026, 5, 11),
    });
  });

  test('small and negative money is told as exactly as it can be', () => {
    const told = (total: number) =>
      valuesTold(rules)({ row: { ...row, total }, nextOrderDay: null, reading: nothingRead, segments }).total;
    expect([0, 7, 999, 1_005, -123_456].map(told)).toEqual([0, 0.07, 9.99, 10.1, -1_230]);
  });

  test('a prospect has no risk to leave, and a currency without cents none', () => {
    const prospect = { ...row, kind: 'prospect' as const, pAlive: null, predicted: null, tier: null };
    const values = valuesTold({ ...rules, currency: 'JPY' })({
      row: prospect,
      nextOrderDay: null,
      reading: nothingRead,
      segments: null,
    });
    expect(values).toMatchObject({ predicted: null, total: 42_300, p_alive: null, churn_risk: null });
    expect(values).toMatchObject({ reading_score: null, last_content_at: null, next_order_at: null });
  });

  const all = INSIGHT_FIELDS.map(({ name }) => name);
  const values = valuesTold(rules)({
    row,
    nextOrderDay: null,
    reading: { firstAt: NOW, lastAt: NOW, last: 7, top: 7, attention: 60 },
    segments,
  });

  test('the same values are the same text, in whatever order fields were chosen', () => {
    const allowed = { value: true, reading: true };
    const payload = payloadOf(values, all, allowed);
    expect(payloadOf({ ...values }, [...all].reverse(), allowed)).toBe(payload);
    expect(valuesIn(payload)).toEqual(values);
    expect(hashOf(payload!)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what is not chosen, or not allowed, is empty', () => {
    const fields = ['tier', 'last_content', 'segments'] as const;
    const without = valuesIn(payloadOf(values, fields, { value: true, reading: false }));
    expect(without).toEqual({ ...NOTHING, tier: 'gold', segments });
    expect(payloadOf(values, all, { value: false, reading: false })).toBeNull();
    expect(payloadOf(values, ['last_content'], { value: true, reading: false })).toBeNull();
    expect(valuesIn(null)).toEqual(NOTHING);
  });

  test('a field that came later is left out, unless it is chosen or the CRM has it', () => {
    const allowed = { value: true, reading: true };
    const chosen = all.filter((name) => name !== 'segments');
    const before = payloadOf(values, chosen, allowed)!;
    expect(before).not.toContain('segments');
    expect(valuesIn(before, fieldsFor(chosen))).not.toHaveProperty('segments');
    expect(valuesIn(null, fieldsFor(chosen))).not.toHaveProperty('segments');
    expect(JSON.parse(payloadOf(values, chosen, allowed, ['segments'])!)).toMatchObject({ segments: null });
    expect(valuesIn(null, fieldsFor(['segments']))).toMatchObject({ segments: null });
  });
});

test('the next order, found the short way, is the one of the whole', () => {
  const parameters = { r: 0.5, alpha: 6, a: 0.8, b: 2.5 };
  for (const history of [
    { frequency: 0, recency: 0, age: 10 },
    { frequency: 4, recency: 30, age: 33 },
    { frequency: 12, recency: 50, age: 52 },
  ]) {
    const { median } = nextOrder(mbgNbd, parameters, history, 52);
    const short = medianNextOrder(mbgNbd, parameters, history, 52, 0.01);
    if (median === null) expect(short).toBeNull();
    else expect(Math.abs(short! - median)).toBeLessThanOrEqual(0.01);
  }
});
