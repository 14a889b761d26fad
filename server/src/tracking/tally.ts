import type { Knex } from 'knex';
import { addToCounters } from '../storage/counters';

export interface Tally {
  add(name: string, by?: number): void;
  /** What was counted since the last flush. */
  pending(): Record<string, number>;
  /** Adds what was counted to the totals in the database; keeps it for the next time when that fails. */
  flush(knex: Knex): Promise<void>;
}

/** Counts in memory, since a counter a request would cost as much as the request. */
export function createTally(): Tally {
  let counts: Record<string, number> = {};
  const add = (name: string, by = 1) => {
    if (by !== 0) counts[name] = (counts[name] ?? 0) + by;
  };

  return {
    add,
    pending: () => ({ ...counts }),
    async flush(knex) {
      const additions = counts;
      if (Object.keys(additions).length === 0) return;
      counts = {};
      try {
        await knex.transaction((trx) => addToCounters(trx, additions));
      } catch (error) {
        for (const [name, by] of Object.entries(additions)) add(name, by);
        throw error;
      }
    },
  };
}
