import { type Judge, SELF } from './standing';

/** The side of somebody without a tier: a prospect, or whoever the run does not know. */
const NONE = '-';

/**
 * tier-up and tier-down. The side is the tier's place in the list, so that a tier can be renamed; a crossing needs a tier
 * before and after, so that somebody's first tier is none.
 *
 * @param sign 1 for up, towards place 0; -1 for down
 */
export const tierChange =
  (sign: 1 | -1): Judge =>
  ({ row }, before, { settings, tiers }) => {
    const to = row?.tier ? tiers.indexOf(row.tier) : -1;
    const side = to < 0 ? NONE : String(to);
    const standings = [{ subject: SELF, side, dueAt: null }];
    const last = before.get(SELF)?.side ?? NONE;
    const from = last === NONE ? -1 : Number(last);
    const wanted = !settings.tiers?.length || (to >= 0 && settings.tiers.includes(tiers[to]!));
    if (from < 0 || to < 0 || !wanted || (from - to) * sign <= 0) return { standings, crossings: [] };
    return {
      standings,
      crossings: [{ subject: SELF, change: { from: tiers[from] ?? null, to: tiers[to]! } }],
    };
  };
