import { detached } from './detached';

export interface RateLimiter {
  /** Counts an amount for a key; returns 0 when it is allowed, else the seconds to wait. */
  take(key: string, amount?: number, now?: number): number;
}

const WINDOW_MS = 60_000;

/**
 * Counts by key in windows of one minute. A key over its limit waits for the next window; one under it may take
 * any amount, so that a batch larger than the limit still gets through.
 *
 * Memory is bounded: a window knows at most `capacity` keys (about 15 MB at 100,000), and keys that come after are let
 * through uncounted. Whoever has that many addresses is stopped by the bounded queue behind, not by a limit per address.
 */
export function rateLimiter(limit: number, capacity = 100_000): RateLimiter {
  let counts = new Map<string, number>();
  let endsAt = 0;

  return {
    take(key, amount = 1, now = Date.now()) {
      if (now >= endsAt) {
        counts = new Map();
        endsAt = now + WINDOW_MS;
      }
      const count = counts.get(key);
      if (count !== undefined && count >= limit) return Math.ceil((endsAt - now) / 1000);
      if (count !== undefined || counts.size < capacity) counts.set(key, (count ?? 0) + amount);
      return 0;
    },
  };
}

const LONGEST_ADDRESS = 45;

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, since a single host owns all of it.
 * Behind a proxy it is whatever a header says.
 */
export function addressKey(ip: string): string {
  const address = detached(ip.slice(0, LONGEST_ADDRESS));
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1];
  const [head, tail = ''] = address.split('%')[0].split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = address.includes('::') ? Array(Math.max(0, 8 - before.length - after.length)).fill('0') : [];
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
