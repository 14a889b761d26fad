import { describe, expect, test } from 'vitest';
import { ConnectorError } from '../../../../server/src/crm/connector-error';
import { backoffMs } from '../../../../server/src/crm/sync/push/deliver/backoff';
import {
  afterFailure,
  type Breaker,
  batchAfter,
  CLOSED,
  stateOf,
} from '../../../../server/src/crm/sync/push/deliver/breaker';
import { connectorErrorOf } from '../../../../server/src/crm/sync/push/deliver/connector-error-of';

const MINUTE = 60_000;

describe('the circuit breaker', () => {
  const failed = (failures: number, now = 0) => {
    let breaker: Breaker = CLOSED;
    for (let i = 0; i < failures; i++) breaker = afterFailure(breaker, now);
    return breaker;
  };

  test('opens at the fifth failure in a row, and each further one doubles the rest, up to half an hour', () => {
    expect(failed(4)).toEqual({ failures: 4, until: null });
    expect([5, 6, 7, 20].map((failures) => failed(failures).until)).toEqual([
      MINUTE,
      2 * MINUTE,
      4 * MINUTE,
      30 * MINUTE,
    ]);
  });

  test('is open until its time is over, and then one batch decides', () => {
    const breaker = failed(5, 1_000);
    expect(stateOf(CLOSED, 0)).toBe('closed');
    expect(stateOf(failed(4), 0)).toBe('closed');
    expect(stateOf(breaker, 1_000 + MINUTE - 1)).toBe('open');
    expect(stateOf(breaker, 1_000 + MINUTE)).toBe('probing');
  });

  test('batches get smaller with each failure, down to one', () => {
    expect([0, 1, 2, 3, 4, 9].map((failures) => batchAfter({ failures, until: null }, 100))).toEqual([
      100, 25, 6, 1, 1, 1,
    ]);
  });
});

test('waits double with each failure up to an hour, and vary by half', () => {
  expect([1, 2, 3, 7, 8, 30].map((failures) => backoffMs(failures, () => 1))).toEqual([
    30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000,
  ]);
  expect(backoffMs(3, () => 0)).toBe(60_000);
  expect(backoffMs(3, () => 0.5)).toBe(90_000);
});

describe('what a connector threw', () => {
  test('one of its errors is what it says, also from another copy of the class', () => {
    const own = new ConnectorError('config', 'wrong');
    expect(connectorErrorOf(own)).toBe(own);
    const foreign = Object.assign(new Error('slow down'), {
      name: 'ConnectorError',
      kind: 'rate-limit',
      retryAfterMs: 5,
    });
    expect(connectorErrorOf(foreign)).toMatchObject({
      kind: 'rate-limit',
      message: 'slow down',
      retryAfterMs: 5,
    });
  });

  test('anything else may go well another time', () => {
    expect(connectorErrorOf(new TypeError('x is not a function'))).toMatchObject({ kind: 'transient' });
    expect(connectorErrorOf(undefined)).toMatchObject({ kind: 'transient' });
    const odd = Object.assign(new Error('odd'), { name: 'ConnectorError', kind: 'toString' });
    expect(connectorErrorOf(odd)).toMatchObject({ kind: 'transient' });
  });
});
