import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runInWorker, type WorkerRun } from '../../../server/src/jobs/run-in-worker';

const script = path.resolve(import.meta.dirname, '../../support/unruly-worker.cjs');
const connection = { knexPath: '', config: {} };

function run(act: string, { signal, onMessage }: Partial<Pick<WorkerRun, 'signal' | 'onMessage'>> = {}) {
  const progress: [number, string][] = [];
  const result = runInWorker({
    task: 'rank',
    data: act,
    connection,
    script,
    maxHeapMb: 64,
    signal: signal ?? new AbortController().signal,
    onProgress: (fraction, stage) => progress.push([fraction, stage]),
    onMessage,
  });
  return { result, progress };
}

test('messages are handled one after the other, in order, before the result is given', async () => {
  const handled: unknown[] = [];
  let busy = 0;
  const onMessage = async (message: unknown) => {
    busy += 1;
    expect(busy).toBe(1);
    await sleep(1);
    handled.push(message);
    busy -= 1;
  };
  const { result, progress } = run('messages', { onMessage });
  expect(await result).toBe('all sent');
  expect(handled).toEqual([0, 1, 2, 3, 4]);
  expect(progress).toEqual([[0.5, 'half']]);
});

test('a handler that fails ends the run with its error, and no further message is handled', async () => {
  let calls = 0;
  const onMessage = async () => {
    calls += 1;
    throw new Error('could not be written');
  };
  await expect(run('messages', { onMessage }).result).rejects.toThrow('could not be written');
  expect(calls).toBe(1);
});

test('what the thread throws comes back with its message', async () => {
  await expect(run('throws').result).rejects.toThrow('something broke inside');
});

test('a thread that ends early is told with its exit code', async () => {
  await expect(run('exits').result).rejects.toThrow('exit code 3');
});

test('a thread that eats all its memory fails alone', async () => {
  await expect(run('eats memory').result).rejects.toThrow(/memory/i);
});

test('a signal ends even a thread that never comes up for air', async () => {
  const abort = new AbortController();
  const { result } = run('never ends', { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('enough')), 50);
  await expect(result).rejects.toThrow('enough');
  await expect(run('never ends', { signal: abort.signal }).result).rejects.toThrow('enough');
});
