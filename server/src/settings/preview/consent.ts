import type { Knex } from 'knex';
import type { ClvConfig } from '../../config';
import { readCounters } from '../../storage/counters';
import { mayStore } from '../../tracking/consent';
import type { ConsentPreview, Reach } from '../api-types';
import { eachRecentTouch } from './recent-touches';

const DAYS = 30;
const DAY = 86_400_000;

type Consent = ClvConfig['consent'];

/** What of the last thirty days the draft would not have stored, as far as what is kept tells. */
export async function consentPreview(
  knex: Knex,
  current: Consent,
  draft: Consent,
  now: number,
): Promise<ConsentPreview> {
  const stored = { visitors: new Set<string>(), touches: 0 };
  const lost = { visitors: new Set<string>(), touches: 0 };
  const complete = await eachRecentTouch(knex, now - DAYS * DAY, ({ visitor_key, consent }) => {
    stored.visitors.add(visitor_key);
    stored.touches += 1;
    if (mayStore(draft.mode, consent ?? undefined)) return;
    lost.visitors.add(visitor_key);
    lost.touches += 1;
  });
  const counters = await readCounters(knex);
  const dropped = (reason: string) => counters[`dropped.${reason}`] ?? 0;
  const stricter = draft.mode === 'required' && current.mode === 'assumed';
  return {
    days: DAYS,
    complete,
    stored: reach(stored),
    lost: stricter ? reach(lost) : null,
    dropped: { consent: dropped('consent'), gpc: dropped('gpc'), dnt: dropped('dnt') },
    unknown: unknownOf(current, draft),
  };
}

const reach = ({ visitors, touches }: { visitors: Set<string>; touches: number }): Reach => ({
  visitors: visitors.size,
  touches,
});

/** Which browser sent which signal is not kept, nor whose touches were refused. */
function unknownOf(current: Consent, draft: Consent): ConsentPreview['unknown'] {
  const unknown: ConsentPreview['unknown'] = [];
  if (draft.respectGpc !== current.respectGpc) unknown.push('gpc');
  if (draft.respectDnt !== current.respectDnt) unknown.push('dnt');
  if (draft.mode === 'assumed' && current.mode === 'required') unknown.push('refused');
  return unknown;
}
