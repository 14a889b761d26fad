import { createHash } from 'node:crypto';
import type { Engine } from '../../../clv/engine/engine';
import { RUN_SHAPE } from '../../../clv/runs/latest';
import { BY_TIERS } from '../kinds';
import type { StoredTrigger } from '../store/triggers';

const LENGTH = 8;

/**
 * What the sides of a trigger mean, as a short word in front of each. Sides of another meaning, such as those of before other
 * tiers were set, are compared with nothing: whoever has one is looked at as if for the first time, without a message.
 */
export function generationOf(
  { kind, settings }: StoredTrigger,
  { tiers, currency, horizonDays }: Engine,
): string {
  const byTiers = BY_TIERS.includes(kind);
  const { of, rule, names, cuts } = tiers;
  const basis = byTiers
    ? [RUN_SHAPE, of, rule, names, cuts, currency, of === 'historical' ? 0 : horizonDays]
    : [];
  const text = JSON.stringify([kind, settings, basis]);
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}

export const written = (generation: string, side: string): string => `${generation}:${side}`;

/** The side alone; null when it is of another generation. */
export const sideIn = (generation: string, stored: string): string | null =>
  stored.startsWith(`${generation}:`) ? stored.slice(LENGTH + 1) : null;
