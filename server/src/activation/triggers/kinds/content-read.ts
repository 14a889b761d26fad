import { type Judge, type Judgement, SELF } from './standing';

export const INSIDE = 'in';
const OUTSIDE = 'out';
export const READ = 'read';

/**
 * content-read: somebody of certain tiers consumes an item for the first time since they are in these tiers and the trigger is
 * there. What they read before is none, nor is reading it again. The subject '' tells since when they are in the tiers.
 */
export const contentRead: Judge = (
  { row, touches },
  before,
  { settings, now, baselineAt, tiers, isAbout, keyOf },
) => {
  const wanted = settings.readerTiers?.length ? settings.readerTiers : tiers.slice(0, 1);
  const last = before.get(SELF);
  const inside = row?.tier != null && wanted.includes(row.tier);
  const judgement: Judgement = {
    standings: [{ subject: SELF, side: inside ? INSIDE : OUTSIDE, dueAt: null }],
    crossings: [],
  };
  for (const subject of before.keys()) {
    if (subject !== SELF) judgement.standings.push({ subject, side: READ, dueAt: null });
  }
  if (!inside || baselineAt === null) return judgement;
  const since = Math.max(baselineAt, last?.side === INSIDE ? last.updatedAt : now);
  const read = new Set(before.keys());
  for (const { contentId, at } of touches) {
    const subject = String(contentId);
    if (at < since || read.has(subject) || !isAbout(contentId)) continue;
    read.add(subject);
    judgement.standings.push({ subject, side: READ, dueAt: null });
    judgement.crossings.push({ subject, contentId, change: { from: null, to: keyOf(contentId) } });
  }
  return judgement;
};
