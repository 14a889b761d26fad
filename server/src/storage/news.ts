import type { Strapi } from '../room';

/** Of whom something new was stored, by the identifiers that the one who stored it knows. */
export interface News {
  customerIds?: string[];
  visitorKeys?: string[];
  personIds?: string[];
}

/** The same, and whether personal data was deleted. */
export type Told = News & { forgotten?: boolean };

type Listener = (told: Told) => void;

const listeners = new WeakMap<Strapi, Set<Listener>>();

/** Says that something was stored. Listeners only take a note in memory, so it costs nothing to speak of. */
export function tell(strapi: Strapi, told: Told): void {
  for (const listener of listeners.get(strapi) ?? []) listener(told);
}

/**
 * Hears what this node stores: so a room learns of changes at once without those before it knowing of it. What other nodes
 * store is not told here.
 *
 * @returns the function that ends it
 */
export function listen(strapi: Strapi, listener: Listener): () => void {
  const all = listeners.get(strapi) ?? new Set();
  listeners.set(strapi, all.add(listener));
  return () => all.delete(listener);
}
