import type { Verdict } from '../../../server/src/ranking/api-types';

type Tone = 'success' | 'danger' | 'secondary' | 'neutral';

/** How a verdict looks: a colour, and a sign for whoever does not see colours. */
export const LOOK: Record<Verdict, { tone: Tone; sign: string }> = {
  associated: { tone: 'success', sign: '▲' },
  'below typical': { tone: 'danger', sign: '▼' },
  'support-like': { tone: 'secondary', sign: '◆' },
  'not distinguishable': { tone: 'neutral', sign: '≈' },
  'not enough data': { tone: 'neutral', sign: '…' },
};
