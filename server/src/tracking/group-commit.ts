import { Refusal } from './http';

export interface GroupCommit<Batch, Outcome> {
  /**
   * Hands a batch over and waits until it is on disk.
   *
   * @throws {Refusal} 503 when too much is waiting, the server stops, or the database failed
   */
  submit(batch: Batch): Promise<Outcome>;
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>;
  /** Takes no more batches, and waits for those it has. */
  close(): Promise<void>;
}

export interface GroupCommitOptions<Batch, Outcome> {
  /** Stores all batches in one go; one outcome each, in their order. */
  commit(batches: Batch[]): Promise<Outcome[]>;
  /** How much of the limits a batch takes. */
  weigh(batch: Batch): number;
  /** What may wait altogether; more is refused. */
  maxWaiting: number;
  /** What one commit may hold. */
  maxGroup: number;
  onError(error: unknown): void;
}

interface Waiting<Batch, Outcome> {
  batch: Batch;
  weight: number;
  resolve(outcome: Outcome): void;
  reject(reason: Refusal): void;
}

const RETRY_SECONDS = 5;
const MOST_GATHERING_MS = 2;

/**
 * Lets concurrent requests share one commit: whatever arrives while one is under way goes into the next. The price of
 * a commit is mostly that of reaching the disk, whether it holds one event or hundreds.
 */
export function groupCommit<Batch, Outcome>(
  options: GroupCommitOptions<Batch, Outcome>,
): GroupCommit<Batch, Outcome> {
  const { commit, weigh, maxWaiting, maxGroup, onError } = options;
  let waiting: Waiting<Batch, Outcome>[] = [];
  let weight = 0;
  let running: Promise<void> | null = null;
  let closed = false;

  function nextGroup(): Waiting<Batch, Outcome>[] {
    let size = 0;
    let count = 0;
    while (count < waiting.length && (count === 0 || size + waiting[count].weight <= maxGroup)) {
      size += waiting[count].weight;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  async function commitGroup(group: Waiting<Batch, Outcome>[]): Promise<void> {
    try {
      const outcomes = await commit(group.map(({ batch }) => batch));
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]);
    } catch (error) {
      onError(error);
      for (const { reject } of group)
        reject(new Refusal(503, 'The events could not be stored; send them again later.', RETRY_SECONDS));
    }
    for (const entry of group) weight -= entry.weight;
  }

  /** Lets the event loop turn for as long as that brings more batches, but not for long. */
  async function gather(): Promise<void> {
    const end = performance.now() + MOST_GATHERING_MS;
    for (let before = 0; waiting.length > before && performance.now() < end; ) {
      before = waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      await commitGroup(nextGroup());
    }
    running = null;
  }

  return {
    submit(batch) {
      if (closed) return Promise.reject(new Refusal(503, 'The server is stopping.', RETRY_SECONDS));
      const size = weigh(batch);
      if (weight + size > maxWaiting)
        return Promise.reject(new Refusal(503, 'Too many events are waiting to be stored.', RETRY_SECONDS));
      weight += size;
      return new Promise((resolve, reject) => {
        waiting.push({ batch, weight: size, resolve, reject });
        running ??= run();
      });
    },
    async idle() {
      await running;
    },
    async close() {
      closed = true;
      await running;
    },
  };
}
