import { BadField } from '../csv/bad-field';
import { parseCurrency } from '../csv/parse-money';
import type { Rules } from './rules';

/** A currency that can be reported: the report's own, or one with a rate. */
export const currencyIn =
  ({ currency: report, rates }: Pick<Rules, 'currency' | 'rates'>) =>
  (text: string): string => {
    const code = parseCurrency(text);
    if (code === report || code in rates) return code;
    throw new BadField(
      'currency',
      `is ${code}, but reports are in ${report} and no rate is set; add what 1 ${code} is worth in ${report} under clv.config.value.rates.${code}`,
    );
  };
