import { useEffect, useState } from 'react';
import type { WhatIfInput, WhatIfResult } from '../../../../server/src/clv/api-types';
import { api } from '../../api';
import { type Resource, useResource } from '../../resource';
import type { MessageId } from '../../text';

export type Lever = 'retention' | 'orderValue' | 'frequency' | 'margin' | 'cac';

/** What can be turned, and how far, in percent. */
export const LEVERS: { key: Lever; name: MessageId; from: number; to: number }[] = [
  { key: 'retention', name: 'clv.what-if.retention', from: -30, to: 30 },
  { key: 'orderValue', name: 'clv.what-if.order-value', from: -50, to: 50 },
  { key: 'frequency', name: 'clv.what-if.frequency', from: -50, to: 50 },
  { key: 'margin', name: 'clv.what-if.margin', from: -50, to: 50 },
  { key: 'cac', name: 'clv.what-if.cac', from: -50, to: 50 },
];

export const MOST_REACH = 50;

export const NOTHING_CHANGED: WhatIfInput = {
  scope: null,
  retention: 0,
  orderValue: 0,
  frequency: 0,
  margin: 0,
  cac: 0,
  item: null,
};

export const isChanged = (input: WhatIfInput) =>
  LEVERS.some(({ key }) => input[key] !== 0) || (input.item !== null && input.item.reach > 0);

const PAUSE_MS = 350;

/** Asks when the turning pauses. */
export function useWhatIf(input: WhatIfInput): Resource<WhatIfResult> {
  const [asked, setAsked] = useState(input);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(input), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [input]);
  return useResource(`what-if ${JSON.stringify(asked)}`, () => api.whatIf(asked), PAUSE_MS);
}
