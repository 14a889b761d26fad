import { expect, test } from 'vitest';
import { type GroupCommitOptions, groupCommit } from '../../../server/src/tracking/group-commit';

type Options = GroupCommitOptions<number, string>;

/** Batches are numbers, and weigh what they are. */
function grouped(more: Partial<Options> = {}) {
  const groups: number[][] = [];
  const errors: unknown[] = [];
  const commits = groupCommit<number, string>({
    async commit(batches) {
      groups.push(batches);
      return batches.map((batch) => `stored ${batch}`);
    },
    weigh: (batch) => batch,
    maxWaiting: 100,
    maxGroup: 50,
    onError: (error) => errors.push(error),
    ...more,
  });
  return { commits, groups, errors };
}

/** A commit that ends when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

test('batches that arrive in one turn share one commit, and each gets its own outcome', async () => {
  const { commits, groups } = grouped();
  const outcomes = await Promise.all([1, 2, 3].map((batch) => commits.submit(batch)));
  expect(outcomes).toEqual(['stored 1', 'stored 2', 'stored 3']);
  expect(groups).toEqual([[1, 2, 3]]);
});

test('what arrives during a commit goes into the next one, together', async () => {
  const { open, opened } = gate();
  const started: number[][] = [];
  const { commits } = grouped({
    async commit(batches) {
      started.push(batches);
      if (started.length === 1) await opened;
      return batches.map(String);
    },
  });
  const first = commits.submit(1);
  await new Promise((resolve) => setImmediate(resolve));
  const later = [commits.submit(2), commits.submit(3)];
  open();
  await Promise.all([first, ...later]);
  expect(started).toEqual([[1], [2, 3]]);
});

test('a commit holds at most so much, but at least one batch', async () => {
  const { commits, groups } = grouped({ maxWaiting: 1_000 });
  await Promise.all([60, 30, 20, 25].map((batch) => commits.submit(batch)));
  expect(groups).toEqual([[60], [30, 20], [25]]);
});

test('more than may wait is refused with a time to come back, and room comes free again', async () => {
  const { commits } = grouped();
  const taken = [commits.submit(60), commits.submit(40)];
  await expect(commits.submit(1)).rejects.toMatchObject({ status: 503, retryAfter: 5 });
  await Promise.all(taken);
  await expect(commits.submit(100)).resolves.toBe('stored 100');
});

test('a commit that fails refuses its own batches only', async () => {
  let fail = true;
  const { commits, errors } = grouped({
    async commit(batches) {
      if (fail) throw new Error('disk full');
      return batches.map(String);
    },
  });
  const outcomes = await Promise.allSettled([commits.submit(1), commits.submit(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(errors).toMatchObject([{ message: 'disk full' }]);
  fail = false;
  await expect(commits.submit(3)).resolves.toBe('3');
});

test('closing takes nothing more, and waits for what was taken', async () => {
  const { commits, groups } = grouped();
  const taken = commits.submit(1);
  const closed = commits.close();
  await expect(commits.submit(2)).rejects.toMatchObject({ status: 503 });
  await closed;
  expect(groups).toEqual([[1]]);
  await expect(taken).resolves.toBe('stored 1');
});
