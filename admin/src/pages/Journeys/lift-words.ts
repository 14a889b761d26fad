import { useMemo } from 'react';
import type { Figure } from '../../../../server/src/clv/api-types';
import { isEstimate, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** Multiples and their intervals in words: "×1.35 (1.10 to 1.66)". */
export function useLiftWords() {
  const text = useText();
  const format = useFormats();
  // Multiples have no currency, and what there is too little of neither.
  const words = useFigureWords('EUR');
  return useMemo(() => {
    const interval = (lift: Figure) =>
      isEstimate(lift) && lift.low !== null && lift.high !== null
        ? text('clv.interval', { low: format.coefficient(lift.low), high: format.coefficient(lift.high) })
        : undefined;
    return {
      interval,
      figure: (lift: Figure) =>
        isEstimate(lift) ? format.multiple(lift.value) : words.notEnough(lift.notEnough),
      cell: (lift: Figure) => {
        if (!isEstimate(lift)) return words.notEnough(lift.notEnough);
        const range = interval(lift);
        return range ? `${format.multiple(lift.value)} (${range})` : format.multiple(lift.value);
      },
      /** Whether an interval leaves out "as often as elsewhere". */
      isMore: (lift: Figure) => isEstimate(lift) && lift.low !== null && lift.low > 1,
      isLess: (lift: Figure) => isEstimate(lift) && lift.high !== null && lift.high < 1,
    };
  }, [text, format, words]);
}
