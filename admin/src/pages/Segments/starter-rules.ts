import type { SegmentOptions, SegmentRules } from '../../../../server/src/activation/segments/api-types';
import type { MessageId } from '../../text';

export interface Starter {
  key: string;
  name: MessageId;
  what: MessageId;
  rules: (options: SegmentOptions) => SegmentRules;
}

/** Where tiers have no names yet, there is no best one to ask for. */
const bestTier = ({ tiers }: SegmentOptions): SegmentRules['rules'] =>
  tiers[0] === undefined ? [] : [{ field: 'tier', is: [tiers[0]] }];

/** Questions that many have, to begin with. */
export const STARTERS: Starter[] = [
  {
    key: 'best-at-risk',
    name: 'clv.segments.starter.risk',
    what: 'clv.segments.starter.risk.what',
    rules: (options) => ({
      match: 'all',
      rules: [...bestTier(options), { field: 'stage', is: ['at risk'] }],
    }),
  },
  {
    key: 'promising',
    name: 'clv.segments.starter.promising',
    what: 'clv.segments.starter.promising.what',
    rules: () => ({
      match: 'all',
      rules: [
        { field: 'kind', is: ['prospect'] },
        { field: 'buyProbability', min: 0.3 },
        { field: 'lastTouch', atMostDays: 30 },
      ],
    }),
  },
  {
    key: 'new-in-top',
    name: 'clv.segments.starter.top',
    what: 'clv.segments.starter.top.what',
    rules: (options) => ({
      match: 'all',
      rules: [...bestTier(options), { field: 'firstOrder', atMostDays: 90 }],
    }),
  },
];
