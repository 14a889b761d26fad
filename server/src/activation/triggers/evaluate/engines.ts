import type { Knex } from 'knex';
import type { Engine } from '../../../clv/engine/engine';
import { type NextOrderDay, nextOrderDays } from '../../../clv/engine/next-order';
import { engineOf, latestRunId } from '../../../clv/runs/latest';
import { startOfDayIn } from '../../../clv/start-of-day';

/** By what persons are judged now, and what it takes long to make of it. */
export interface Ruler {
  engine: Engine;
  nextOrderDay: NextOrderDay;
  startOfDay(day: string): number;
}

/** The engine of the latest run, read through the transaction that asks; made once for each run. */
export function latestRuler(): (trx: Knex) => Promise<Ruler | null> {
  let ruler: Ruler | null = null;
  return async (trx) => {
    const runId = await latestRunId(trx);
    if (runId === null) return null;
    if (ruler?.engine.runId === runId) return ruler;
    const stored = await engineOf(trx, runId);
    if (stored === null) return null;
    const engine: Engine = JSON.parse(stored);
    ruler = { engine, nextOrderDay: nextOrderDays(engine), startOfDay: startOfDayIn(engine.timezone) };
    return ruler;
  };
}
