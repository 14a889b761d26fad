import { expect, test } from 'vitest';
import { JobRunning, reasonOf } from '../../../server/src/jobs/errors';

test('a reason keeps the words of the database and drops the statement with its values', () => {
  const error = new Error(
    `insert into "clv_customers" ("email") values ('ada@example.com') - UNIQUE constraint failed`,
  );
  expect(reasonOf(error)).toBe('UNIQUE constraint failed');
});

test('a reason that is no statement stays whole, and is bounded', () => {
  expect(reasonOf(new Error('There is no rate for USD - add one'))).toBe(
    'There is no rate for USD - add one',
  );
  expect(reasonOf('plain')).toBe('plain');
  expect(reasonOf(new Error('x'.repeat(5000)))).toHaveLength(1000);
  expect(reasonOf(new Error(''))).toBe('unknown error');
});

test('a refused start names the job that runs', () => {
  expect(new JobRunning('job-1').message).toContain('job-1');
});
