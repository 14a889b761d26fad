import { type Judge, type Look, SELF } from './standing';

/** Of somebody of whom the figure cannot be told: no crossing leads from there. */
const UNKNOWN = '-';
export const FAR = 'far';
const NEAR = 'near';

/** How far below its threshold a probability must fall before it can cross again. */
const HYSTERESIS = 0.1;

/**
 * A probability that rises to a threshold. It must fall below the threshold less 0.1 (half of it, where that is more) before it
 * can cross again, so that a value that trembles at the threshold crosses once.
 *
 * @param figure of a person: a probability, `null` when it is not known, `NEAR` when it does not apply to them
 */
const threshold =
  (figure: (person: Look) => number | null | typeof NEAR, byDefault: number): Judge =>
  (person, before, { settings, known }) => {
    const limit = settings.threshold ?? byDefault;
    const now = figure(person);
    const last = before.get(SELF)?.side ?? (known ? UNKNOWN : NEAR);
    const side = sideOf(now, last, limit);
    const crosses = side === FAR && last === NEAR;
    const change = { from: null, to: typeof now === 'number' ? Math.round(now * 1e4) / 1e4 : null };
    return {
      standings: [{ subject: SELF, side, dueAt: null }],
      crossings: crosses ? [{ subject: SELF, change }] : [],
    };
  };

function sideOf(now: number | null | typeof NEAR, last: string, limit: number): string {
  if (now === null) return UNKNOWN;
  if (now === NEAR) return NEAR;
  if (now >= limit) return FAR;
  const rearmed = now < Math.max(limit - HYSTERESIS, limit / 2);
  return last === FAR && !rearmed ? FAR : NEAR;
}

/** churn-risk: the probability that a customer has left, 1 - P(alive). Nobody leaves who is no customer yet. */
export const churnRisk = threshold(({ row }) => {
  if (row?.kind !== 'customer') return NEAR;
  return row.pAlive === null ? null : 1 - row.pAlive;
}, 0.5);

/** promising: the probability of a first order within the horizon. A customer has become what was promised. */
export const promising = threshold(({ row }) => {
  if (row === null) return NEAR;
  return row.kind === 'prospect' ? row.buyProbability : null;
}, 0.3);
