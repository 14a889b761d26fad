import type { RequestFacts } from './filters';

/** A read or a download as the server saw it, before anything was decided about it. */
export interface Seen {
  visitor: string;
  /** Key of the content: `<uid>/<documentId>[/<locale>]`. */
  content: string;
  kind: 'view' | 'download';
  source: 'hook' | 'download';
  at: number;
  request: RequestFacts;
  /** Given at the first try to store it and kept on a retry, so that it is stored once. */
  messageId?: string;
}

export interface TouchBuffer {
  /** Keeps it for the next flush, or drops it when the buffer is full. Never throws, never waits. */
  push(seen: Seen): void;
  /** Hands everything to `store`, in batches. What fails stays for the next time. */
  flush(): Promise<void>;
  size(): number;
}

const BATCH = 2_000;

/** Holds what the server saw until a timer stores it, so that no visitor's request waits for a write. */
export function touchBuffer(options: {
  capacity: number;
  store(seen: Seen[]): Promise<void>;
  onOverflow(dropped: number): void;
}): TouchBuffer {
  const { capacity, store, onOverflow } = options;
  let kept: Seen[] = [];
  let flushing: Promise<void> | null = null;

  async function flushAll(): Promise<void> {
    while (kept.length > 0) {
      const batch = kept.slice(0, BATCH);
      kept = kept.slice(BATCH);
      try {
        await store(batch);
      } catch (error) {
        const room = Math.max(0, capacity - kept.length);
        kept = [...batch.slice(0, room), ...kept];
        if (batch.length > room) onOverflow(batch.length - room);
        throw error;
      }
    }
  }

  return {
    push(seen) {
      if (kept.length >= capacity) onOverflow(1);
      else kept.push(seen);
    },
    flush() {
      flushing ??= flushAll().finally(() => {
        flushing = null;
      });
      return flushing;
    },
    size: () => kept.length,
  };
}
