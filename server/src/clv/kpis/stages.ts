import type { Stage } from '../api-types';

/** What a stage is told by. Times are epoch milliseconds. */
export interface Life {
  /** Days with an order, or orders: only whether there are none, one or more counts. */
  orders: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  /** Between the last order and the one before; null without two. */
  lastGap: number | null;
  /** P(alive) by a model, where there is one. */
  pAlive: number | null;
  /** Usual time between two orders of this person by a model, where there is one. */
  expectedGap: number | null;
}

export const STAGES: Stage[] = ['prospect', 'new', 'active', 'won back', 'at risk', 'lapsed'];

/** Below these chances to be still a customer somebody is at risk, and has lapsed. */
const AT_RISK = 0.5;
const LAPSED = 0.2;
/** Somebody who is silent for so many usual gaps is at risk, whatever P(alive) says. */
const SILENT_GAPS = 3;

/**
 * The stage of a person's life as a customer. Where a model is there, by P(alive) and the expected gap; where not, by
 * the rule of inactivity alone: at risk after half of it, lapsed after the whole. New: one order so far, less than half
 * of the inactivity ago. Won back: active, and the last order came after a silence longer than the inactivity.
 */
export function stageOf(life: Life, now: number, inactivity: number): Stage {
  const { orders, firstOrderAt, lastOrderAt, lastGap, pAlive, expectedGap } = life;
  if (orders === 0 || firstOrderAt === null || lastOrderAt === null) return 'prospect';
  const silence = now - lastOrderAt;
  if (lastGap === null && silence < inactivity / 2) return 'new';
  const silent = expectedGap !== null && silence > SILENT_GAPS * expectedGap;
  if (pAlive === null ? silence >= inactivity : pAlive < LAPSED) return 'lapsed';
  if (pAlive === null ? silence >= inactivity / 2 : pAlive < AT_RISK || silent) return 'at risk';
  return lastGap !== null && lastGap > inactivity ? 'won back' : 'active';
}
