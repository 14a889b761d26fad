import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';

interface Entry {
  data?: unknown;
  error?: Error;
  loading: boolean;
  loadedAt: number;
}

/** Answers kept for the whole admin, so that going back to a screen shows it at once while it asks again. */
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();
const MAX_ENTRIES = 60;

function put(key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  for (const old of entries.keys()) {
    if (entries.size <= MAX_ENTRIES) break;
    entries.delete(old);
  }
  for (const listener of listeners) listener();
}

function drop(key: string): void {
  entries.delete(key);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function load(key: string, fetcher: () => Promise<unknown>): Promise<void> {
  const before = entries.get(key);
  if (before?.loading) return;
  put(key, { data: before?.data, loading: true, loadedAt: before?.loadedAt ?? 0 });
  try {
    put(key, { data: await fetcher(), loading: false, loadedAt: Date.now() });
  } catch (error) {
    // Whoever asked has something else to ask; the next one who wants this asks anew.
    if ((error as Error).name === 'AbortError') return drop(key);
    put(key, { data: before?.data, error: error as Error, loading: false, loadedAt: Date.now() });
  }
}

export interface Resource<T> {
  data: T | undefined;
  error: Error | undefined;
  loading: boolean;
  reload: () => void;
}

/**
 * What is behind `key`, shared by everyone who asks for it.
 *
 * @param key names the question; null asks nothing
 * @param fetcher asks it
 * @param freshMs an answer younger than this is not asked for again when a component appears
 */
export function useResource<T>(key: string | null, fetcher: () => Promise<T>, freshMs = 0): Resource<T> {
  const entry = useSyncExternalStore(subscribe, () => (key === null ? undefined : entries.get(key)));
  const reload = useCallback(() => {
    if (key !== null) void load(key, fetcher);
  }, [key, fetcher]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks once for each key, whatever the fetcher's identity
  useEffect(() => {
    const known = key === null ? undefined : entries.get(key);
    if (!known || Date.now() - known.loadedAt > freshMs) reload();
  }, [key]);
  return {
    data: entry?.data as T | undefined,
    error: entry?.error,
    loading: key !== null && (entry?.loading ?? true),
    reload,
  };
}

/** The last answer, kept on the screen while the next one is on its way. */
export function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}
